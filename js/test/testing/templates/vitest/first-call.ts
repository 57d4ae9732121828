import { createAuthClient, isAuthError } from "traq-auth";

const auth = createAuthClient(); // baseURL: "/api/v3" of this page's origin

try {
  await auth.login({ name: "alice", password: "password1234" });
  for (const { id, issuedAt } of await auth.listSessions()) {
    console.log(id, issuedAt.toLocaleString());
  }
} catch (error) {
  if (isAuthError(error) && error.code === "invalid_credentials") {
    console.log("The name or the password is wrong.");
  } else {
    throw error;
  }
}
