import { Outlet, Scripts } from "react-router";

export default () => (
  <html>
    <head>
      <link rel="icon" href="data:," />
    </head>
    <body>
      <Outlet />
      <Scripts />
    </body>
  </html>
);
