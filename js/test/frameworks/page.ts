import { Window } from "happy-dom";

/** A page's window; to be imported before what looks whether there is one. */
export const window = new Window({ url: "https://q.example/" });

const { document, navigator, sessionStorage, Element, SVGElement } = window;
const globals = {
  window,
  document,
  navigator,
  sessionStorage,
  Element,
  SVGElement,
  addEventListener: window.addEventListener.bind(window),
  removeEventListener: window.removeEventListener.bind(window),
};
for (const [name, value] of Object.entries(globals)) {
  Object.defineProperty(globalThis, name, { value, configurable: true }); // Node has some of them
}
