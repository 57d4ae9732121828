import Pretender from "pretender";
import { saw } from "./page.ts";

const server = new Pretender(function () {
  this.get("/pretended", () => [200, {}, ""]);
  for (const verb of ["get", "post", "delete"] as const) {
    this[verb]("/**", this.passthrough);
  }
});
server.passthroughRequest = (verb, path) => saw(verb, path);
server.unhandledRequest = (verb, path) => {
  throw new Error(`Pretender did not pass on ${verb} ${path}`);
};
