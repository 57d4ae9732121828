// app/composables/useAuth.ts
import { onMounted, onScopeDispose, shallowReadonly, shallowRef } from "vue";

export function useAuth() {
  const { $auth } = useNuxtApp();
  const snapshot = shallowRef($auth.getServerSnapshot());
  onMounted(() => onScopeDispose($auth.subscribe((now) => (snapshot.value = now))));
  return shallowReadonly(snapshot);
}
