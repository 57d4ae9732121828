// A service worker that precaches an application: its page, its scripts and the module.
const files = ["pwa.html", "src/pwa.js"].concat(
  ["index.js", "traq-auth.wasm"].map((name) => `node_modules/traq-auth/dist/${name}`),
);
addEventListener("install", (event) =>
  event.waitUntil(caches.open("app").then((cache) => cache.addAll(files))),
);
addEventListener("fetch", (event) =>
  event.respondWith(
    caches.match(event.request, { ignoreSearch: true }).then((cached) => cached ?? fetch(event.request)),
  ),
);
