import { createApp, h } from "vue";
import { createRouter, createWebHistory, RouterView } from "vue-router";
import { logIn } from "../../../frameworks/log-in";
import { guard } from "../../../frameworks/vue-router";
import { auth } from "../auth";
import { Who } from "./page";

const router = createRouter({
  history: createWebHistory(),
  routes: [
    { path: "/login", component: () => h("h1", "Log in") },
    { path: "/settings", component: () => h("h1", "Settings") },
  ],
});
router.beforeEach(guard);
createApp(() => [h(Who), h(RouterView)])
  .use(router)
  .mount("#root");
Object.assign(globalThis, { auth, logIn, go: (path: string) => router.push(path) });
