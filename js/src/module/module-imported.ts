import module from "traq-auth.wasm?module";

/**
 * The module that was imported as one, where nothing may be compiled at run time:
 * Cloudflare's workerd and what Vercel calls the edge.
 */
export const defaultModule = (): WebAssembly.Module => module;
