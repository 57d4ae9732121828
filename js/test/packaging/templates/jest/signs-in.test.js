const { createAuthClient, isAuthError } = require("traq-auth");
const { createOAuth2Client } = require("traq-auth/oauth2");
const { describe: inWords } = require("traq-auth/messages");

const baseURL = `${process.env.API}/api/v3`;

test("a client that is required asks the server", async () => {
  const auth = createAuthClient({ baseURL });
  expect(await auth.getServerInfo()).toMatchObject({ version: "v3.28.4" });
  const error = await auth.login({ name: "alice", password: "wrong" }).catch((error) => error);
  expect(isAuthError(error)).toBe(true);
  expect(error.code).toBe("invalid_credentials");
  expect(inWords(error, "ja")).toMatch("パスワード");
});

test("an OAuth2 client that is required begins a login", async () => {
  const redirectURI = "https://app.example/";
  const { url } = await createOAuth2Client({ baseURL, clientId: "app", redirectURI }).login({
    navigate: false,
  });
  expect(url).toMatch(`${baseURL}/oauth2/authorize?`);
});
