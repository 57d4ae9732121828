// Has an engine compile the functions of a first call as it reads them:
//
//   node tools/eager.mjs js/dist
//
// An engine skips over a function's body until it is called, then reads it once
// more, on the page's main thread. Not so where the function stands in
// parentheses, as one that is called at once does: that is compiled with the
// script, in Chromium beside the main thread (https://v8.dev/blog/preparser#pife).
// Which functions these are is seen in a first call, made here. A short one is read
// again in less time than its parentheses, and what else they change, take to arrive.
import { readFileSync, writeFileSync } from "node:fs";
import { Session } from "node:inspector/promises";
import { basename } from "node:path";
import { pathToFileURL } from "node:url";
import remapping from "../js/node_modules/@jridgewell/remapping/dist/remapping.mjs";
import MagicString from "../js/node_modules/magic-string/dist/magic-string.es.mjs";
import ts from "../js/node_modules/typescript/lib/typescript.js";

const folder = pathToFileURL(`${process.argv[2]}/`);
const url = (name) => new URL(name, folder);

// How many characters are worth it.
const worth = 120;

// What a page calls first, by entry.
const cookie = ({ createAuthClient }) => createAuthClient({ wasm: "/traq-auth.wasm" }).listSessions();
const oauth2 = ({ createOAuth2Client }) =>
  createOAuth2Client({
    baseURL: "https://q.example/api/v3",
    clientId: "c",
    storage: { getItem: stored, setItem() {}, removeItem() {} },
    wasm: "/traq-auth-oauth2.wasm",
  }).getUser();
const entries = [
  ...["index.js", "inline.js", "slim.js"].map((name) => [url(name), cookie]),
  ...["oauth2.js", "oauth2-inline.js", "oauth2-slim.js"].map((name) => [url(name), oauth2]),
];
const stored = (key) =>
  key.includes(":token:")
    ? JSON.stringify({ access: "t", refresh: null, scope: "read", due: null, login: "" })
    : null;

const inspector = new Session();
inspector.connect();
await inspector.post("Profiler.enable");
await inspector.post("Profiler.startPreciseCoverage", { callCount: true });

// A page, as far as a first call asks for one.
globalThis.location = new URL("https://traq.example/");
const id = "0197a1f4-3b5e-7c7a-9d5e-2f1a6b3c4d5e";
globalThis.fetch = async (url) => {
  const [name] = /[\w-]+\.wasm$/.exec(String(url)) ?? [];
  if (name) {
    return new Response(readFileSync(new URL(name, folder)), {
      headers: { "Content-Type": "application/wasm" },
    });
  }
  return Response.json(
    String(url).endsWith("/sessions")
      ? [id, id.replace(/.$/, "f")].map((id) => ({ id, issuedAt: "2026-01-01T00:00:00Z" }))
      : { id, name: "alice", displayName: "Alice", iconFileId: id },
  );
};
for (const [{ href }, call] of entries) {
  await call(await import(href));
}

const { result: scripts } = await inspector.post("Profiler.takePreciseCoverage");
for (const [entry] of entries) {
  const { functions } = scripts.find(({ url }) => url === entry.href);
  const called = functions.map(({ ranges: [whole] }) => whole).filter(({ count }) => count > 0);
  const begins = new Set(called.map(({ startOffset }) => startOffset));
  const edited = eager(readFileSync(entry, "utf8"), begins);
  const joint = joined(edited.toString());
  const map = new URL(`${entry.href}.map`);
  const edits = [joint, edited].map((code) => code.generateMap({ hires: true, includeContent: false }));
  const whole = remapping([...edits, JSON.parse(readFileSync(map, "utf8"))], () => null);
  writeFileSync(entry, joint.toString());
  writeFileSync(map, JSON.stringify({ ...whole, file: basename(entry.pathname) }));
}
process.exit(); // a call's timer would keep it for ten seconds

/** Puts the functions that begin there in parentheses, as expressions where they are none. */
function eager(code, called) {
  const source = ts.createSourceFile("", code, ts.ScriptTarget.Latest, true);
  const edited = new MagicString(code);
  const replace = (from, to, text) =>
    from < to ? edited.update(from, to, text) : edited.appendLeft(from, text);

  function visit(node) {
    const from = node.getStart(source);
    if (ts.isFunctionLike(node) && called.has(from) && node.end - from >= worth) {
      wrap(node, from);
    }
    ts.forEachChild(node, visit);
  }

  function wrap(node, from) {
    const { body, end, name, parameters, parent } = node;
    const async = node.modifiers?.some(({ kind }) => kind === ts.SyntaxKind.AsyncKeyword) ? "async " : "";
    if (ts.isFunctionDeclaration(node)) {
      // It is there from here on, no longer from the beginning of its scope.
      replace(from, name.end, `var ${name.text}=(${async}function`);
      replace(end, end, ");");
    } else if (ts.isMethodDeclaration(node) && ts.isObjectLiteralExpression(parent)) {
      replace(from, name.end, `${name.text}:(${async}function`);
      replace(end, end, ")");
    } else if (ts.isArrowFunction(node) && async) {
      if (/\bthis\b/.test(body.getText(source))) {
        return; // a function would have another
      }
      // The engine does not do so for async arrows.
      const [open, close] = ts.isBlock(body) ? ["", ""] : ["{return ", "}"];
      const list = parameters.map((parameter) => parameter.getText(source)).join();
      replace(from, body.getStart(source), `(async function(${list})${open}`);
      replace(end, end, `${close})`);
    } else if (ts.isArrowFunction(node)) {
      replace(from, from, "(");
      replace(end, end, ")");
    }
  }

  visit(source);
  return edited;
}

/** Joins what is declared one after the other, as it was before functions became variables. */
function joined(code) {
  const source = ts.createSourceFile("", code, ts.ScriptTarget.Latest, true);
  const edited = new MagicString(code);
  const isVar = (node) =>
    node && ts.isVariableStatement(node) && !(node.declarationList.flags & ts.NodeFlags.BlockScoped);

  function visit(node) {
    (node.statements ?? []).forEach((statement, i, { [i - 1]: before }) => {
      if (isVar(before) && isVar(statement)) {
        edited.update(before.end - 1, statement.declarationList.declarations[0].getStart(source), ",");
      }
    });
    ts.forEachChild(node, visit);
  }

  visit(source);
  return edited;
}
