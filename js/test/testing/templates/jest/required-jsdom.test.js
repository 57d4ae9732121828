/** @jest-environment jsdom */
const { createAuthClient } = require("traq-auth");
const { createTestServer } = require("traq-auth-testing");

test("somebody signs in with what is required", async () => {
  const traq = await createTestServer();
  const auth = createAuthClient({ baseURL: traq.baseURL, fetch: traq.fetch });
  await auth.login({ name: "alice", password: "password1234" });
  expect(await auth.getUser()).toMatchObject({ name: "alice" });
  expect(await auth.listSessions()).toHaveLength(1);
  expect(await auth.logout({ redirect: "/bye" })).toEqual({ redirectTo: `${traq.origin}/bye` });
});

test("a body of the page's own classes is sent as what it is", async () => {
  const traq = await createTestServer();
  traq.act("client", "the-app", "https://app.example/", "read");
  const grant = { grant_type: "password", username: "alice", password: "password1234", client_id: "the-app" };
  const form = new FormData();
  for (const [name, value] of Object.entries(grant)) {
    form.append(name, value);
  }
  form.append("file", new File(["more"], "more.txt", { type: "text/plain" }));
  const json = '{"name":"alice","password":"wrong"}';
  for (const [path, body, status] of [
    ["/oauth2/token", new URLSearchParams(grant), 200],
    ["/oauth2/token", form, 200],
    ["/login", new Blob([json], { type: "application/json" }), 401],
    ["/login", new File([json], "login.json", { type: "application/json" }), 401],
    ["/login", new Blob([json]), 415],
    ["/login", json, 415],
  ]) {
    const response = await traq.fetch(traq.baseURL + path, { method: "POST", body });
    expect([String(body), response.status]).toEqual([String(body), status]);
  }
});
