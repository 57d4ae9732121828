// What "make extension" sets anew, by SERVER=… and CLIENT_ID=….

/** The server's origin. */
export const server = "http://127.0.0.1:8080";
/**
 * The id of the OAuth2 client to sign in as; "" is to sign in by the server's cookie.
 *
 * @type {string}
 */
export const clientId = "";
