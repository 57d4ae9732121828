import { createServer } from "vite";

// With the proxy of vite.config.js.
const server = await createServer({
  root: import.meta.dirname,
  logLevel: "warn",
  server: { host: "127.0.0.1", port: 0 },
});
await server.listen();
console.log(JSON.stringify({ origin: `http://127.0.0.1:${server.httpServer.address().port}` }));
process.stdin.on("end", () => process.exit()).resume();
