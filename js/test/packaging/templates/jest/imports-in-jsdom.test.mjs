/** @jest-environment jest-fixed-jsdom */
import { createAuthClient as createOfModuleBeside } from "traq-auth";
import { createAuthClient } from "traq-auth/inline";

test("a page's client that is imported asks the server", async () => {
  const auth = createAuthClient();
  expect(await auth.getServerInfo()).toMatchObject({ version: "v3.28.4" });
  const login = auth.login({ name: "alice", password: "wrong" });
  await expect(login).rejects.toMatchObject({ code: "invalid_credentials" });
});

test("where no file is served, the other entry is named", async () => {
  await expect(createOfModuleBeside().ready()).rejects.toMatchObject({
    code: "wasm_load_failed",
    message: expect.stringMatching(/or import traq-auth\/inline$/),
  });
});
