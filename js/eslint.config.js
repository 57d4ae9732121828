import { defineConfig } from "eslint/config";
import tseslint from "typescript-eslint";

// The folders of src, from the top down; the files of src itself are the entry
// points (index, slim, oauth2, oauth2-slim, messages), the client, and what every folder may use.
const folders = ["oauth2", "redirect", "session", "call", "module"];
const front = ["client", "index", "slim", "oauth2", "oauth2-slim", "workerd", "oauth2-workerd", "messages"];

/** Imports point down: a folder that knew of one above it could not be read, tested or moved without it. */
const pointDown = (files, above, ignores = []) => ({
  files,
  ignores,
  rules: {
    "no-restricted-imports": [
      "error",
      {
        patterns: [
          {
            regex: `^\\.\\.?/(?:.*/)?(?:(?:${above.join("|") || "(?!)"})/|(?:${front.join("|")})\\.js$)`,
            message: `Imports point down the list of folders (${folders.join(", ")}, and below them the files of src): let what is above pass in what is needed here.`,
          },
        ],
      },
    ],
  },
});

export default defineConfig(
  { ignores: ["dist", "testing/dist", "eslint.config.js", "eslint.extension.js", "test/*/templates"] },
  tseslint.configs.strictTypeChecked,
  {
    languageOptions: {
      parserOptions: { project: ["./tsconfig.json", "./tsconfig.test.json", "./testing/tsconfig.json"] },
    },
  },
  {
    rules: {
      // A message may hold numbers: "no answer within 10000 ms".
      // An abort rejects with the signal's reason, whatever that is.
      "@typescript-eslint/prefer-promise-reject-errors": [
        "error",
        { allowThrowingUnknown: true, allowThrowingAny: true },
      ],
      "max-lines-per-function": ["error", { max: 60, skipComments: true }],
      "@typescript-eslint/no-confusing-void-expression": ["error", { ignoreArrowShorthand: true }],
      "@typescript-eslint/restrict-template-expressions": ["error", { allowNumber: true }],
    },
  },
  ...folders.map((folder, i) => pointDown([`src/${folder}/**`], folders.slice(0, i))),
  pointDown(
    ["src/*.ts"],
    folders,
    front.map((name) => `src/${name}.ts`),
  ),
  {
    files: ["test/**"],
    rules: {
      // node:test's functions give promises that its runner waits for.
      "@typescript-eslint/no-floating-promises": "off",
      // What a caller's code may do, ours must bear.
      "@typescript-eslint/only-throw-error": "off",
      "@typescript-eslint/prefer-promise-reject-errors": "off",
    },
  },
);
