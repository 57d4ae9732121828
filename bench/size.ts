import { readFile } from "node:fs/promises";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";
import { bundleExport, file } from "./bundle.ts";

/** Bytes: as they are, by gzip -9 and by brotli -11. */
export interface Size {
  readonly raw: number;
  readonly gzip: number;
  readonly brotli: number;
}

export interface Sizes {
  /** All that a page loads of ours. */
  readonly total: Size;
  readonly files: Record<string, Size>;
  /** All that a page loads of the OAuth2 client. */
  readonly oauth2: Size;
  /** All that a page loads of ours as standard Go builds it. */
  readonly standard: Size;
  readonly peers: Record<string, Size & { version: string }>;
}

// Each by the least that a page imports of it.
const peers = [
  ["@traptitech/traq, Apis", "@traptitech/traq", "Apis"],
  ["@traptitech/traq, AuthenticationApi", "@traptitech/traq", "AuthenticationApi"],
  ["@supabase/auth-js", "@supabase/auth-js", "AuthClient"],
  ["oidc-client-ts", "oidc-client-ts", "UserManager"],
  ["better-auth/client", "better-auth", "createAuthClient", "better-auth/client"],
] as const;

export async function measureSizes(): Promise<Sizes> {
  const files = await sizesOf("js/dist", "index.js", "traq-auth.wasm");
  const measured: Sizes["peers"] = {};
  for (const [label, dependency, name, from = dependency] of peers) {
    measured[label] = { ...sizeOf(await bundleExport(name, from)), version: await version(dependency) };
  }
  return {
    total: sum(Object.values(files)),
    files,
    oauth2: sum(Object.values(await sizesOf("js/dist", "oauth2.js", "traq-auth-oauth2.wasm"))),
    standard: sum(Object.values(await sizesOf("build/standard", "index.js", "traq-auth.wasm"))),
    peers: measured,
  };
}

/** The version of a package that is installed here. */
export async function version(dependency: string): Promise<string> {
  const manifest = await readFile(file(`bench/node_modules/${dependency}/package.json`), "utf8");
  return (JSON.parse(manifest) as { version: string }).version;
}

async function sizesOf(folder: string, ...names: string[]): Promise<Record<string, Size>> {
  const sizes: Record<string, Size> = {};
  for (const name of names) {
    sizes[name] = sizeOf(await readFile(file(`${folder}/${name}`)));
  }
  return sizes;
}

function sizeOf(bytes: Uint8Array): Size {
  const params = {
    [constants.BROTLI_PARAM_QUALITY]: 11,
    [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length,
  };
  return {
    raw: bytes.length,
    gzip: gzipSync(bytes, { level: 9 }).length,
    brotli: brotliCompressSync(bytes, { params }).length,
  };
}

function sum(sizes: readonly Size[]): Size {
  const of = (key: keyof Size): number => sizes.reduce((total, size) => total + size[key], 0);
  return { raw: of("raw"), gzip: of("gzip"), brotli: of("brotli") };
}
