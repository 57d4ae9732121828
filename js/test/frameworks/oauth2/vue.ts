import { onScopeDispose, shallowReadonly, shallowRef } from "vue";
import { auth } from "./auth";

export function useAuth() {
  const snapshot = shallowRef(auth.getSnapshot());
  onScopeDispose(auth.subscribe((now) => (snapshot.value = now)));
  return shallowReadonly(snapshot);
}
