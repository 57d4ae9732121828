import { createServer } from "vite";

// Takes vite.config.js, too; with the API at an address behind it.
const [, , api] = process.argv;
const server = await createServer({
  root: import.meta.dirname,
  logLevel: "warn",
  server: { host: "127.0.0.1", port: 0, proxy: { "/api": api } },
});
await server.listen();
console.log(JSON.stringify({ origin: `http://127.0.0.1:${server.httpServer.address().port}` }));
process.stdin.on("end", () => process.exit()).resume();
