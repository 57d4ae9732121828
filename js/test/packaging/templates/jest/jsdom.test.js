/** @jest-environment jsdom */
require("whatwg-fetch"); // jsdom has none
const { createAuthClient } = require("traq-auth");

test("a page's client that is required signs in", async () => {
  const auth = createAuthClient();
  const listener = jest.fn();
  auth.subscribe(listener);
  await auth.login({ name: "alice", password: "password1234" });
  expect(await auth.listSessions()).toMatchObject([{ current: true }]);
  expect(listener.mock.lastCall).toMatchObject([{ status: "signed-in", user: { name: "alice" } }]);
  auth.dispose();
});
