import { createAuthClient } from "traq-auth";
import { createTestServer } from "traq-auth-testing";

const traq = await createTestServer();
const auth = createAuthClient({ baseURL: traq.baseURL, fetch: traq.fetch });
traq.act("suspend", "alice");
await auth.login({ name: "alice", password: "password1234" }); // rejects with the code account_suspended
