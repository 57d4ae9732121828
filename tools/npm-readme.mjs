// Writes README as npm's page shows it: its links lead out of the package, to the repository.
//
//	node tools/npm-readme.mjs README.md js/README.md
import { readFileSync, writeFileSync } from "node:fs";
import { absolute } from "./absolute.mjs";

const [from, to] = process.argv.slice(2);
writeFileSync(to, absolute(readFileSync(from, "utf8"), from));
