import { useSyncExternalStore } from "react";
import { auth } from "./auth";

export const useAuth = () => useSyncExternalStore(auth.subscribe, auth.getSnapshot, auth.getServerSnapshot);
