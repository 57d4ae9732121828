import { listen } from "traq-auth-testing";

const { origin, act, close } = await listen(); // or listen({ port: 8080 })
act("suspend", "alice");
console.log(`${origin}/api/v3`);
await close();
