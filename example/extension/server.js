/** The traQ server's origin; make extension SERVER=… writes another. */
export const server = "http://127.0.0.1:8080";
