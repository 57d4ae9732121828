// For example/extension, from within it: its JavaScript has its types in comments.
import { defineConfig } from "eslint/config";
import tseslint from "typescript-eslint";

export default defineConfig(tseslint.configs.strictTypeChecked, {
  languageOptions: { parserOptions: { project: "tsconfig.json", tsconfigRootDir: process.cwd() } },
  rules: {
    "@typescript-eslint/no-confusing-void-expression": ["error", { ignoreArrowShorthand: true }],
  },
});
