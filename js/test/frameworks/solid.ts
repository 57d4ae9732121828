import { from } from "solid-js";
import { auth } from "./auth";

export const useAuth = () => from(auth.subscribe, auth.getSnapshot());
