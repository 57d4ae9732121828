// Writes README as npm's page shows it: its links lead out of the package, to the repository.
//
//	node tools/npm-readme.mjs README.md js/README.md
import { readFileSync, writeFileSync } from "node:fs";

const [from, to] = process.argv.slice(2);
const { repository } = JSON.parse(readFileSync(new URL("../js/package.json", import.meta.url), "utf8"));
const home = repository.url.replace(/^git\+|\.git$/g, "");
const raw = home.replace("//github.com/", "//raw.githubusercontent.com/");

const absolute = (base) => (whole, before, path) =>
  /^(?:[a-z]+:|#)/.test(path) ? whole : `${before}${base}/${path})`;

writeFileSync(
  to,
  readFileSync(from, "utf8")
    .replace(/(!\[[^\]]*\]\()([^)]+)\)/g, absolute(`${raw}/main`))
    .replace(/(\]\()([^)]+)\)/g, absolute(`${home}/blob/main`)),
);
