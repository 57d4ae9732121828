// Has functions that resemble each other lie side by side in a module, where a
// compressor finds what they share, and codes how far back that is, in fewer bits:
//
//   node tools/order-functions.mjs build/module.wasm
import { readFileSync, writeFileSync } from "node:fs";
import binaryen from "../js/node_modules/binaryen/index.js";
import { readFunctions } from "./wasm-functions.mjs";

const file = process.argv[2];
const bytes = readFileSync(file);

/** What a function is compared by: each five bytes of its code. */
const fives = readFunctions(bytes).functions.map(
  ([, code]) => new Set(Array.from(code.subarray(4), (_, i) => code.toString("latin1", i, i + 5))),
);

/** The part of what two have that both have (Jaccard's index). */
function resemblance(one, other) {
  const both = [...one].filter((five) => other.has(five)).length;
  return both / (one.size + other.size - both || 1);
}

// After each the one that resembles the last three most, the nearest first of all.
const order = [0];
const left = new Set(fives.keys());
left.delete(0);
while (left.size) {
  const last = order.slice(-3).reverse();
  const worth = (i) =>
    last.reduce((sum, k, before) => sum + resemblance(fives[k], fives[i]) / (before + 1), 0);
  const others = [...left].map((i) => [worth(i), i]);
  const [, next] = others.reduce((best, other) => (other[0] > best[0] ? other : best));
  order.push(next);
  left.delete(next);
}

// As wasm-opt writes it.
binaryen.setGenerateStackIR(true);
binaryen.setOptimizeStackIR(true);
const module = binaryen.readBinary(bytes);
const functions = Array.from({ length: module.getNumFunctions() }, (_, i) =>
  binaryen.getFunctionInfo(module.getFunctionByIndex(i)),
).filter(({ body }) => body !== 0); // or it is imported
for (const { name, params, results, vars, body } of order.map((i) => functions[i])) {
  module.removeFunction(name);
  module.addFunction(name, params, results, vars, body);
}
writeFileSync(file, module.emitBinary());
