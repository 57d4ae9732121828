import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import ts from "typescript";
import { paths, read, root } from "./pages.ts";

// Each snippet of the pages is compiled against the package as it is published.

const js = `${root}js/`;
const folder = `${js}test/docs/snippets/`;

/** The snippets, by the paths that they would have; none is written. */
const files = new Map<string, string>();
/** What snippets take for there. */
files.set(
  `${folder}given.d.ts`,
  `declare const error: unknown;
  declare const output: HTMLElement;
  declare const expect: any; // Jest's
  declare function test(name: string, run: () => Promise<void>): void;
  declare const auth: import("traq-auth").AuthClient;
  // Nuxt's
  declare const defineNuxtConfig: <T>(config: T) => T;
  declare const defineNuxtPlugin: <T>(plugin: () => T) => () => T;
  declare function useState<T>(key: string): { value: T };
  declare function useRequestHeaders(names: string[]): Record<string, string>;
  declare function useResponseHeader(name: string): { value: string };
  declare function useNuxtApp(): { readonly $auth: import("traq-auth").AuthClient };
  interface ImportMeta { readonly server: boolean }
  // What runs tests, in projects that js/test/testing installs.
  declare module "vitest";
  declare module "msw/node";
  declare module "msw" {
    export const http: {
      all(url: string, answer: (given: { request: Request }) => Promise<Response>): unknown;
    };
  }
  declare module "@playwright/test" {
    interface Page {
      route(url: string, answer: (route: any) => Promise<void>): Promise<void>;
      [other: string]: any;
    }
    export const expect: any;
    export function test(
      name: string,
      run: (given: { page: Page; baseURL: string }) => Promise<void>,
    ): void;
  }`,
);
// What the frameworks have that js/test/places installs.
files.set(
  `${folder}frameworks.d.ts`,
  `declare module "next/headers" { export function headers(): Promise<Pick<Headers, "get">>; }
  declare module "@angular/core" {
    export function signal<T>(value: T): { (): T; set(value: T): void; asReadonly(): () => T };
    export function inject<T>(token: T): T;
    export function Component(options: object): (component: new () => object) => void;
    export const DestroyRef: { onDestroy(end: () => void): void };
  }
  declare module "$app/environment" { export const browser: boolean; }
  declare module "~/session" { export { sessionOf } from "../servers/session.ts"; }
  declare module "$lib/session" { export { sessionOf } from "../servers/session.ts"; }
  declare module "@sveltejs/kit" {
    export interface RequestEvent { request: Request; setHeaders: (headers: Record<string, string>) => void; }
    export function redirect(status: number, location: string): never;
  }`,
);

const testing = "../../../testing/src/types.ts";
files.set(
  `${folder}testing.d.ts`,
  `export type * from "${testing}";
  export declare function createTestServer(options?: import("${testing}").TestServerOptions): Promise<import("${testing}").TestServer>;
  export declare function listen(options?: import("${testing}").ListenOptions): Promise<import("${testing}").Listening>;`,
);

const compiled = /^(?:ts|tsx|js)$/;
for (const path of paths) {
  const page = `${folder}${path.replace(/\.md$/, "")}/`;
  const blocks = read(path).blocks.filter(({ lang }) => compiled.test(lang ?? ""));
  blocks.forEach(({ lang, text }, i) => files.set(`${page}${i + 1}.${lang ?? ""}`, text));
  // A file that another one of the page's imports says its path in its first line.
  for (const { text } of blocks) {
    const [, name] = /^\/\/ \S+\/(\S+\.tsx?)\n/.exec(text) ?? [];
    if (name !== undefined) {
      files.set(page + name, text);
    }
  }
  files.set(`${page}session.ts`, `export { sessionOf } from "../../servers/session.ts";`);
  // What the page, or its reader, has as ./auth.
  const own = blocks.find(({ text }) => text.includes("export const auth ="))?.text;
  const usual = path.endsWith("popups.md")
    ? `import { createOAuth2Client } from "traq-auth/oauth2"; export declare const auth: ReturnType<typeof createOAuth2Client>;`
    : `import { createAuthClient } from "traq-auth"; export const auth = createAuthClient();`;
  files.set(`${page}auth.ts`, own ?? usual);
}

// What a page takes from another one.
const shown = (path: string, what: string): string =>
  read(path).blocks.find(({ text }) => text.includes(what))?.text ?? "";
files.set(`${folder}docs/auth-provider.tsx`, shown("docs/server-rendering.md", "function AuthProvider"));
files.set(
  `${folder}docs/sign-in-form-svelte-angular/inject-auth.ts`,
  shown("docs/frameworks.md", "function injectAuth"),
);

// The examples of the API's own documentation.
for (const name of [
  "types",
  "oauth2/types",
  "client",
  "oauth2/client",
  "slim",
  "oauth2-slim",
  "errors",
  "messages",
]) {
  const source = readFileSync(`${js}src/${name}.ts`, "utf8");
  const examples = [...source.matchAll(/^ *\* @example\n *\* ```ts\n([^]*?)^ *\* ```$/gm)];
  const isOAuth2 = name.startsWith("oauth2");
  const entry = `traq-auth${isOAuth2 ? "/oauth2" : ""}${name.endsWith("slim") ? "/slim" : ""}`;
  const given = isOAuth2
    ? `import { createOAuth2Client, type OAuth2Client } from "${entry}";\n`
    : `import { createAuthClient, isAuthError, type AuthClient } from "${entry}";\nimport { describe } from "traq-auth/messages";\n`;
  examples.forEach(([, text = ""], i) => {
    const code = text.replace(/^ *\* ?/gm, "");
    const client = isOAuth2 ? "OAuth2Client" : "AuthClient";
    const auth = code.includes("const auth =") ? "" : `declare const auth: ${client};\n`;
    files.set(`${folder}src/${name}/${i + 1}.ts`, given + auth + code);
  });
}

const types = (name: string): string[] => [`./dist/${name}.d.ts`];
const options: ts.CompilerOptions = {
  target: ts.ScriptTarget.ES2022,
  module: ts.ModuleKind.ESNext,
  moduleResolution: ts.ModuleResolutionKind.Bundler,
  moduleDetection: ts.ModuleDetectionKind.Force,
  lib: ["lib.es2022.d.ts", "lib.dom.d.ts", "lib.dom.iterable.d.ts"],
  jsx: ts.JsxEmit.ReactJSX,
  allowJs: true,
  checkJs: true,
  strict: true,
  exactOptionalPropertyTypes: true,
  noEmit: true,
  allowImportingTsExtensions: true,
  skipLibCheck: true,
  types: ["node"],
  baseUrl: js,
  paths: {
    "traq-auth": types("index"),
    "traq-auth/inline": types("index"),
    "traq-auth/slim": types("slim"),
    "traq-auth/messages": types("messages"),
    "traq-auth/oauth2": types("oauth2"),
    "traq-auth/oauth2/slim": types("oauth2-slim"),
    "traq-auth/traq-auth.wasm": types("wasm"),
    // What another folder of tests has installed.
    ...Object.fromEntries(
      ["@traptitech/traq", "axios", "fetch-cookie"].map((name) => [
        name,
        [`./test/environments/node_modules/${name}`],
      ]),
    ),
    "traq-auth-testing": ["./test/docs/snippets/testing.d.ts"],
  },
};

const host = ts.createCompilerHost(options);
const there = { ...host };
host.fileExists = (file) => files.has(file) || there.fileExists(file);
host.readFile = (file) => files.get(file) ?? there.readFile(file);
host.getSourceFile = (file, how, ...rest) => {
  const text = files.get(file);
  return text === undefined ? there.getSourceFile(file, how, ...rest) : ts.createSourceFile(file, text, how);
};
delete host.directoryExists; // it would say that the snippets' folders are not there

const program = ts.createProgram([...files.keys()], options, host);

for (const file of files.keys()) {
  if (/\/\d+\.\w+$/.test(file)) {
    test(`${file.slice(folder.length)} compiles`, () => {
      const source = program.getSourceFile(file);
      const found = ts.getPreEmitDiagnostics(program, source);
      const host = {
        getCanonicalFileName: String,
        getCurrentDirectory: () => folder,
        getNewLine: () => "\n",
      };
      assert.equal(ts.formatDiagnostics(found, host), "");
    });
  }
}

// What a program would have around it: the imports stand before the rest.
const made = mkdtempSync(join(tmpdir(), "traq-auth-snippets-"));
after(() => rmSync(made, { recursive: true }));
for (const path of paths) {
  read(path)
    .blocks.filter(({ lang }) => lang === "go")
    .forEach(({ text }, i) => {
      test(`${path.replace(/\.md$/, "")}/${i + 1}.go compiles`, () => {
        const [, imports = "", body = ""] = /^(import \([^)]*\)\n)(.*)$/s.exec(text) ?? [];
        const main = join(made, "main.go");
        writeFileSync(
          main,
          `package snippet\nimport "context"\n${imports}\nfunc _(ctx context.Context) {\n${body}\n}\n`,
        );
        const there = "internal/snippet/main.go";
        const overlay = join(made, "overlay.json");
        writeFileSync(overlay, JSON.stringify({ Replace: { [root + there]: main } }));
        execFileSync("go", ["build", "-overlay", overlay, `./${there}`], { cwd: root });
      });
    });
}

const below =
  (folder: string) =>
  (...names: string[]): string[] =>
    names.map((name) => `../${folder}/${name}`);
const vitest = below("testing/templates/vitest");
const next = below("places/templates/next/app");
const nuxt = below("places/templates/nuxt/app");
const sveltekit = below("places/templates/sveltekit/src/routes");

// What is also run, in the folders of tests beside this one.
const run = {
  "README.md": ["react", "vue", "oauth2/auth", ...vitest("first-call.ts", "readme.js")],
  "docs/getting-started.md": vitest("first-call.ts"),
  "docs/sessions.md": vitest("sessions.ts"),
  "docs/signing-in-and-out.md": vitest("sign-in.ts", "sign-out.ts"),
  "docs/from-traptitech-traq.md": below("environments/coming-over")("before", "after", "both"),
  "docs/frameworks.md": [
    ...["react", "svelte", "vue", "solid", "secrets"],
    ...below("places/templates/angular/src")("inject-auth.ts"),
  ],
  "docs/route-guards.md": [
    ...["vue-router", "react-router", "log-in", "leave"],
    ...sveltekit("settings/+page.ts"),
  ],
  "docs/server-rendering.md": [
    ...next("layout.tsx", "auth-provider.tsx"),
    ...nuxt("plugins/auth.ts", "composables/useAuth.ts"),
    ...sveltekit("+layout.server.ts", "+layout.ts", "whose/+page.svelte"),
  ],
  "docs/redirects.md": ["start"],
  "docs/sign-in-form-react-vue.md": [...next("sign-in/page.tsx"), ...nuxt("pages/sign-in.vue")],
  "docs/sign-in-form-svelte-angular.md": [
    ...sveltekit("sign-in/+page.svelte"),
    ...below("places/templates/angular/src")("sign-in.ts"),
  ],
  "docs/servers-and-edges.md": below("docs/servers")("token", "session"),
  "docs/oauth2.md": ["oauth2/auth", "oauth2/callback", "oauth2/plain", ...vitest("oauth2.test.js")],
  "docs/popups.md": ["oauth2/popup"],
  "docs/test-cases.md": [
    ...vitest("cases.test.js", "listen.js", "script.js"),
    ...below("testing/templates/jest")("guide.test.js"),
  ],
  "docs/testing.md": [
    ...vitest("client.test.js", "msw-page.test.js", "server.test.js"),
    ...below("testing/templates/playwright")("sign-in.spec.js"),
  ],
};

/** A text without its comments, which are translated. */
const bare = (text: string): string => text.replace(/ *\/\/ .*$/gm, "");
for (const [page, names] of Object.entries(run)) {
  for (const path of paths.filter((path) => path === page || path === translation(page))) {
    for (const name of names) {
      const file = /\.\w+$/.test(name) ? name : `${name}.ts`;
      test(`${path} shows frameworks/${file}, which is run`, () => {
        const text = readFileSync(new URL(`../frameworks/${file}`, import.meta.url), "utf8");
        assert.ok(
          read(path).blocks.some((block) => bare(`${block.text}\n`) === bare(text)),
          "it shows something else",
        );
      });
    }
  }
}

function translation(page: string): string {
  return page === "README.md" ? "README.ja.md" : page.replace("docs/", "docs/ja/");
}

test("nothing has been compiled of nothing", () => {
  assert.ok(existsSync(`${js}dist/index.d.ts`), "make build comes first");
});
