import assert from "node:assert/strict";
import { test } from "node:test";
import ts from "typescript";
import { read, root } from "./pages.ts";

// What the API's documentation says of each public name: TypeDoc sees that there is
// a sentence; here is what a call needs besides, and an option.

const entries = ["index", "oauth2", "messages", "slim", "oauth2-slim"];
const program = ts.createProgram(
  entries.map((name) => `${root}js/src/${name}.ts`),
  {
    ...ts.parseJsonConfigFileContent(
      ts.readConfigFile(`${root}js/tsconfig.json`, (file) => ts.sys.readFile(file)).config,
      ts.sys,
      `${root}js`,
    ).options,
    noEmit: true,
  },
);
const checker = program.getTypeChecker();

interface Documented {
  readonly name: string;
  readonly symbol: ts.Symbol;
}

/** What the entries export, each once. */
const names = new Map<ts.Symbol, string>();
for (const file of program
  .getSourceFiles()
  .filter(({ fileName }) => program.getRootFileNames().includes(fileName))) {
  const module = checker.getSymbolAtLocation(file);
  for (const exported of module ? checker.getExportsOfModule(module) : []) {
    const isAlias = (exported.flags & ts.SymbolFlags.Alias) !== 0;
    names.set(isAlias ? checker.getAliasedSymbol(exported) : exported, exported.name);
  }
}

/** The members of an interface that are declared in it. */
const members = (name: string, symbol: ts.Symbol): Documented[] =>
  symbol.flags & ts.SymbolFlags.Interface
    ? [...(symbol.members?.values() ?? [])].map((member) => ({
        name: `${name}.${member.name}`,
        symbol: member,
      }))
    : [];
const signatureOf = ({ symbol }: Documented): ts.Signature | undefined =>
  checker.getTypeOfSymbol(symbol).getCallSignatures()[0];

const all = [...names].map(([symbol, name]) => ({ name, symbol }));
const inClients = all
  .filter(({ name }) => name.endsWith("Client"))
  .flatMap(({ name, symbol }) => members(name, symbol));
const options = all
  .filter(({ name }) => name.endsWith("Options"))
  .flatMap(({ name, symbol }) => members(name, symbol));
const calls = [...inClients, ...all.filter(({ symbol }) => symbol.flags & ts.SymbolFlags.Function)].filter(
  signatureOf,
);

/** The texts of its tags, as they are written. */
const tags = ({ symbol }: Documented, tag: string): string[] =>
  (symbol.declarations ?? [])
    .flatMap((declaration) => ts.getJSDocTags(declaration))
    .filter(({ tagName }) => tagName.text === tag)
    .map((found) => found.getText());
const sentence = ({ symbol }: Documented): string =>
  ts.displayPartsToString(symbol.getDocumentationComment(checker));

/** The codes of docs/errors.md, which a test of the messages compares with those that there are. */
const codes = read("docs/errors.md")
  .tables.filter(({ header }) => header[0]?.text === "code")
  .flatMap(({ rows }) => rows.map(([code]) => code?.text.replaceAll("`", "")));

test("there are calls and options to look at", () => {
  assert.ok(
    calls.length > 25 && options.length > 20 && codes.length > 30,
    `${calls.length} ${options.length}`,
  );
});

for (const call of calls) {
  test(`${call.name} has a sentence, an example, and what it throws`, () => {
    assert.match(sentence(call), /^[A-Z].*\./s);
    assert.notDeepEqual(tags(call, "example"), []);
    const returned = signatureOf(call)?.getReturnType();
    const throws = tags(call, "throws");
    if (
      (returned && checker.typeToString(returned).startsWith("Promise<")) ||
      call.name.startsWith("create")
    ) {
      assert.equal(throws.length, 1);
    }
    for (const [, code] of throws.join("").matchAll(/`([a-z]+(?:_[a-z]+)*)`/g)) {
      assert.ok(codes.includes(code) || code === "wasm", `there is no code ${String(code)}`);
    }
  });
}

for (const option of options.filter(({ symbol }) => symbol.flags & ts.SymbolFlags.Optional)) {
  test(`${option.name} has a sentence, its default, and its unit`, () => {
    assert.match(sentence(option), /Default(?:, if[^:]+)?: \S/);
    if (/\bnumber\b/.test(checker.typeToString(checker.getTypeOfSymbol(option.symbol)))) {
      assert.match(sentence(option), /milliseconds|whole number/i);
    }
  });
}
