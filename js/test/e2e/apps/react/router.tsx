/** @jsxImportSource react */
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { createBrowserRouter, Outlet, RouterProvider } from "react-router";
import { logIn } from "../../../frameworks/log-in";
import { loader } from "../../../frameworks/react-router";
import { auth } from "../auth";
import { Who } from "./page";

const router = createBrowserRouter([
  {
    path: "/",
    element: (
      <>
        <Who />
        <Outlet />
      </>
    ),
    hydrateFallbackElement: <p>…</p>,
    children: [
      { path: "login", element: <h1>Log in</h1> },
      { path: "settings", loader, element: <h1>Settings</h1> },
    ],
  },
]);
createRoot(document.querySelector("#root") as HTMLElement).render(
  <StrictMode>
    <RouterProvider router={router} />
  </StrictMode>,
);
Object.assign(globalThis, { auth, logIn, go: (path: string) => router.navigate(path) });
