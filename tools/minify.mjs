// Minifies what esbuild has bundled once more, a twentieth smaller:
//
//   node tools/minify.mjs js/dist
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { minify } from "../js/node_modules/terser/main.js";

// Members of the client's own parts, which are shortened. None may be a member
// of anything from outside: of the platform's, of the package's types, of the
// module's exports, or of what is stored or sent to other tabs.
const inner =
  /^(addresses|adoptToken|advanceEpoch|ask|abortWith|beforehand|begun|change|clients|clock|crashes|crashed|epoch|erase|grown|isAlone|isCrossOrigin|isKnown|isNewest|isPending|keyOf|limited|listen|look|meanwhile|notifyAll|numbers|onSet|pendingCalls|publish|redirectOrigins|renew|replaceToken|reread|running|runtime|seen|sending|settling|starting|tabChanged|taken|takeTransaction|texts|waitingCalls|writeItem)$/;

for (const name of readdirSync(process.argv[2], { recursive: true }).filter((name) => name.endsWith(".js"))) {
  const file = `${process.argv[2]}/${name}`;
  const { code } = await minify(readFileSync(file, "utf8"), {
    module: !name.startsWith("cjs/"),
    ecma: 2020,
    compress: { passes: 3, unsafe_arrows: true }, // nothing here is called with new, but for a class
    mangle: { properties: { regex: inner } },
  });
  writeFileSync(file, code);
}
