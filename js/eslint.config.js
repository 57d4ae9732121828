import { defineConfig } from "eslint/config";
import tseslint from "typescript-eslint";

export default defineConfig(
  { ignores: ["dist", "eslint.config.js", "eslint.extension.js", "test/packaging/templates"] },
  tseslint.configs.strictTypeChecked,
  { languageOptions: { parserOptions: { project: ["./tsconfig.json", "./tsconfig.test.json"] } } },
  {
    rules: {
      // A message may hold numbers: "no answer within 10000 ms".
      // An abort rejects with the signal's reason, whatever that is.
      "@typescript-eslint/prefer-promise-reject-errors": [
        "error",
        { allowThrowingUnknown: true, allowThrowingAny: true },
      ],
      "@typescript-eslint/no-confusing-void-expression": ["error", { ignoreArrowShorthand: true }],
      "@typescript-eslint/restrict-template-expressions": ["error", { allowNumber: true }],
    },
  },
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
