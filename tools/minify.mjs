// Minifies what esbuild has bundled once more, a twentieth smaller, and its source maps with it:
//
//   node tools/minify.mjs js/dist
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { basename } from "node:path";
import { minify } from "../js/node_modules/terser/main.js";

// Members of the client's own parts, which are shortened. None may be a member
// of anything from outside: of the platform's, of the package's types, of the
// module's exports, or of what is stored or sent to other tabs.
const inner =
  /^(addresses|adoptToken|advanceEpoch|ask|abortWith|base|beforehand|begun|byCaller|change|clients|clock|countLogout|crashes|crashed|discardToken|epoch|erase|grown|isAlone|isCrossOrigin|isKnown|isNewest|isPending|keyOf|limited|listen|look|meanwhile|notifyAll|numbers|onSet|pendingCalls|publish|putToken|redirectOrigins|renew|replaceToken|running|runtime|seen|sending|settling|starting|startSending|tabChanged|taken|takeTransaction|texts|waitingCalls|underWay|watchLogouts|writeItem)$/;

for (const name of readdirSync(process.argv[2], { recursive: true }).filter((name) => name.endsWith(".js"))) {
  const file = `${process.argv[2]}/${name}`;
  const { code, map } = await minify(
    { [basename(name)]: readFileSync(file, "utf8") },
    {
      module: !name.startsWith("cjs/"),
      ecma: 2020,
      compress: { passes: 3, unsafe_arrows: true }, // nothing here is called with new, but for a class
      mangle: { properties: { regex: inner } },
      sourceMap: { content: sourcesOf(`${file}.map`), filename: basename(name), includeSources: true },
    },
  );
  // What a page loads in production has no line for it.
  const named = /inline|workerd|cjs/.test(name) ? `\n//# sourceMappingURL=${basename(name)}.map\n` : "";
  writeFileSync(file, code + named);
  writeFileSync(`${file}.map`, map);
}

/**
 * A source map whose sources are named by where they are in the repository. The module's text is a word rather
 * than left out, which Vite would report as a missing file.
 */
function sourcesOf(file) {
  const map = JSON.parse(readFileSync(file, "utf8"));
  const isModule = (source) => source.endsWith(".wasm");
  const sources = map.sources.map((source) => source.replace(/^.*?(?=src\/|[^/]*\.wasm$)/, "traq-auth/"));
  const sourcesContent = map.sourcesContent.map((text, i) => (isModule(sources[i]) ? "(bytes)" : text));
  return JSON.stringify({ ...map, sources, sourcesContent });
}
