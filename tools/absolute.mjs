import { readFileSync } from "node:fs";
import { posix } from "node:path";

const { repository } = JSON.parse(readFileSync(new URL("../js/package.json", import.meta.url), "utf8"));

/** The repository's address. */
export const home = repository.url.replace(/^git\+|\.git$/g, "");
const raw = home.replace("//github.com/", "//raw.githubusercontent.com/");

/** A page of the repository whose links and pictures lead to it from anywhere. */
export function absolute(text, path) {
  const lead = (base) => (whole, before, link) => {
    if (/^[a-z]+:/.test(link)) {
      return whole;
    }
    const to = link.startsWith("#") ? path + link : posix.join(posix.dirname(path), link);
    return `${before}${base}/${to})`;
  };
  return text
    .replace(/(!\[[^\]]*\]\()([^)]+)\)/g, lead(`${raw}/main`))
    .replace(/(\]\()([^)]+)\)/g, lead(`${home}/blob/main`));
}
