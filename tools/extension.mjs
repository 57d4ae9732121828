// Makes the example's browser extension, for the server of an origin, in a
// folder for Chromium and one for Firefox, which want other manifests. With the id
// of an OAuth2 client it signs in as that, and needs no host permission:
//
//	node tools/extension.mjs http://127.0.0.1:8080 build/extension [CLIENT_ID]
import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";

const root = new URL("../", import.meta.url);
const source = new URL("example/extension/", root);
const [origin = "http://127.0.0.1:8080", out = "build/extension", clientId = ""] = process.argv.slice(2);
if (!URL.canParse(origin) || new URL(origin).origin !== origin) {
  console.error(`extension.mjs: ${origin} is no origin; give one such as https://traq.example`);
  process.exit(1);
}
const server = new URL(origin);

const common = {
  ...JSON.parse(readFileSync(new URL("manifest.json", source), "utf8")),
  ...(clientId
    ? { permissions: ["identity", "storage"] }
    : // A pattern has no port; the policy has it.
      { permissions: ["storage"], host_permissions: [`${server.protocol}//${server.hostname}/*`] }),
  content_security_policy: {
    extension_pages:
      "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; " +
      `connect-src 'self' ${origin}; base-uri 'none'; form-action 'none'`,
  },
};
const manifests = {
  chromium: { ...common, background: { service_worker: "background.js", type: "module" } },
  firefox: {
    ...common,
    minimum_chrome_version: undefined,
    background: { scripts: ["background.js"], type: "module" },
    browser_specific_settings: { gecko: { id: "traq-auth@example", strict_min_version: "128.0" } },
  },
};

for (const [browser, manifest] of Object.entries(manifests)) {
  const folder = new URL(`${out}/${browser}/`, root);
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  for (const name of readdirSync(source)) {
    if (/\.(js|css|html)$/.test(name)) {
      cpSync(new URL(name, source), new URL(name, folder));
    }
  }
  for (const name of ["index.js", "messages.js", "traq-auth.wasm", "oauth2.js", "traq-auth-oauth2.wasm"]) {
    cpSync(new URL(`js/dist/${name}`, root), new URL(`traq-auth/${name}`, folder));
  }
  writeFileSync(new URL("manifest.json", folder), `${JSON.stringify(manifest, null, 2)}\n`);
  const settings = Object.entries({ server: origin, clientId }).map(
    ([name, value]) => `export const ${name} = ${JSON.stringify(value)};\n`,
  );
  writeFileSync(new URL("settings.js", folder), settings.join(""));
}
