import { type Component, defineComponent, h, Suspense } from "vue";
import { useAuth } from "../../../frameworks/vue";
import { auth } from "../auth";
import type { How } from "../begin";

export const Who = defineComponent(() => {
  const auth = useAuth();
  return () => h("p", auth.value.user?.displayName ?? auth.value.status);
});

/** Waits until it is known. */
const Known = defineComponent({
  async setup() {
    const { status } = await auth.known();
    return () => [h("b", status), h(Who)];
  },
});

export const page: Readonly<Record<Exclude<How, "strict">, Component>> = {
  alone: Who,
  suspense: defineComponent(() => () => h(Suspense, null, { default: () => h(Known), fallback: () => "…" })),
};
