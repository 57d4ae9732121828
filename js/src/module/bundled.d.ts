// What the entries import that is none of the sources.

/** The module in hexadecimal digits, put there by js/bundle. */
declare module "traq-auth.wasm" {
  const hex: string;
  export default hex;
}

/** The module, where a tool imports it as one. */
declare module "traq-auth.wasm?module" {
  const module: WebAssembly.Module;
  export default module;
}
