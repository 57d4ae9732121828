import * as Sentry from "@sentry/browser";
import { saw } from "./page.ts";

Sentry.init({
  dsn: `http://key@${location.host}/1`,
  integrations: [Sentry.browserTracingIntegration(), Sentry.httpClientIntegration()],
  tracesSampleRate: 1,
  beforeBreadcrumb(crumb) {
    if (crumb.category === "fetch") {
      saw(crumb.data?.["method"], crumb.data?.["url"]);
    }
    return crumb;
  },
});
