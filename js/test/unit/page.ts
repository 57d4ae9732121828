/** What a client looks at of a page. */
export const page = Object.assign(new EventTarget(), { visibilityState: "visible" });

/** Makes of this process a page, as far as the client looks. */
export function open(): void {
  page.visibilityState = "visible";
  Object.assign(globalThis, {
    document: page,
    addEventListener: page.addEventListener.bind(page),
    removeEventListener: page.removeEventListener.bind(page),
  });
}

export function leave(): void {
  for (const name of ["document", "addEventListener", "removeEventListener"]) {
    Reflect.deleteProperty(globalThis, name);
  }
}
