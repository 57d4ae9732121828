/** Go's own wasm_exec.js, as js/bundle wraps it: what it sets goes on the object given. */
declare module "wasm_exec" {
  export default function initGo(scope: object): new () => {
    readonly importObject: WebAssembly.Imports;
    /** Enters the program; each callback does. */
    _resume: () => void;
    run(instance: WebAssembly.Instance): Promise<void>;
  };
}
