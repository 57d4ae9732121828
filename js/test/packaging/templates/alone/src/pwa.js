import { createAuthClient } from "traq-auth";

if (location.search) {
  const auth = createAuthClient();
  const ready = await auth.ready().then(
    () => "ready",
    ({ code }) => code,
  );
  document.body.append(`${ready}, ${await auth.getUser().catch(({ code }) => code)}`);
} else {
  await navigator.serviceWorker.register("pwa-worker.js");
  await navigator.serviceWorker.ready;
  document.body.append("cached");
}
