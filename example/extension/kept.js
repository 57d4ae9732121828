/**
 * A storage area in the form that createAuthClient takes. An extension's
 * service worker has no sessionStorage, and is ended when it has been idle for
 * half a minute: what must outlast that is in here.
 *
 * @param {ExtensionStorageArea} area
 * @returns {import("./traq-auth/index.js").AuthStorage}
 */
export function kept(area) {
  return {
    async getItem(key) {
      const { [key]: value } = await area.get(key);
      return typeof value === "string" ? value : null;
    },
    setItem: (key, value) => area.set({ [key]: value }),
    removeItem: (key) => area.remove(key),
  };
}
