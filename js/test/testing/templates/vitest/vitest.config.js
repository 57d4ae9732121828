import { defineConfig } from "vitest/config";

const project = (name, file, environment) => ({
  test: { name, include: [file], environment, testTimeout: 60_000, hookTimeout: 60_000 },
});

export default defineConfig({
  test: {
    projects: [
      project("node", "signs-in.test.js", "node"),
      project("jsdom", "signs-in.test.js", "jsdom"),
      project("happy-dom", "signs-in.test.js", "happy-dom"),
      project("msw", "msw.test.js", "node"),
      project("guide", "{cases,client,guide,msw-page,oauth2,server}.test.js", "node"), // the docs show them
    ],
  },
});
