import { readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import GithubSlugger from "github-slugger";
import { marked, type Token, type Tokens } from "marked";

// The pages as GitHub shows them: README, docs and their translations.

export const root = new URL("../../../", import.meta.url).pathname;

export interface Page {
  /** From the root of the repository, as `docs/errors.md`. */
  readonly path: string;
  readonly blocks: readonly Tokens.Code[];
  readonly tables: readonly Tokens.Table[];
  /** What stands in it as code within a line. */
  readonly spans: readonly string[];
  /** Where its links and pictures lead, as they are written. */
  readonly links: readonly string[];
  /** The ids of its headings, in their order. */
  readonly anchors: readonly string[];
  readonly text: string;
  readonly lines: number;
}

/** Reads a page. */
export function read(path: string): Page {
  const text = readFileSync(root + path, "utf8");
  const all: Token[] = [];
  marked.walkTokens(marked.lexer(text), (token) => void all.push(token));
  const of = <T extends Token>(...types: string[]) => all.filter(({ type }) => types.includes(type)) as T[];
  const slugger = new GithubSlugger();
  return {
    path,
    blocks: of<Tokens.Code>("code"),
    tables: of<Tokens.Table>("table"),
    spans: of<Tokens.Codespan>("codespan").map(({ text }) => text),
    links: of<Tokens.Link | Tokens.Image>("link", "image").map(({ href }) => href),
    anchors: of<Tokens.Heading>("heading").map(({ tokens }) => slugger.slug(plain(tokens))),
    text,
    lines: text.split("\n").length - 1,
  };
}

/** What is read of tokens, without their marks. */
export const plain = (tokens: readonly Token[]): string =>
  tokens
    .map((token) => ("tokens" in token ? plain(token.tokens ?? []) : (token as Tokens.Text).text))
    .join("");

const inDocs = readdirSync(`${root}docs`, { recursive: true, encoding: "utf8" })
  .filter((file) => file.endsWith(".md"))
  .map((file) => `docs/${file}`);

export const paths: readonly string[] = ["README.md", "README.ja.md", ...inDocs.sort()];

/** The page of which this is the Japanese, or itself. */
export const original = (path: string): string =>
  path === "README.ja.md" ? "README.md" : path.replace(/^docs\/ja\//, "docs/");

/** The file that a page's link leads to, and the heading there; undefined where it leaves the repository. */
export function target(page: Page, link: string): { path: string; anchor: string } | undefined {
  if (/^[a-z]+:/.test(link)) {
    return undefined;
  }
  const [path = "", anchor = ""] = link.split("#");
  return {
    path: path === "" ? page.path : join(dirname(page.path), path),
    anchor: decodeURIComponent(anchor),
  };
}
