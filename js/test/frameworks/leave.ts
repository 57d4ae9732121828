import { auth } from "./auth";

auth.subscribe(({ status }) => {
  if (status === "signed-out" && location.pathname !== "/login") location.assign("/login");
});
