import { spawn } from "node:child_process";

const server = spawn("node", ["node_modules/traq-auth-testing/dist/cli.js", "--port", "0"]);
const [line] = await server.stdout.setEncoding("utf8").take(1).toArray(); // tells its address
console.log(line);
server.kill();
