import { DestroyRef, inject, signal } from "@angular/core";
import { auth } from "./auth";

export function injectAuth() {
  const snapshot = signal(auth.getSnapshot());
  inject(DestroyRef).onDestroy(auth.subscribe((now) => snapshot.set(now)));
  return snapshot.asReadonly();
}
