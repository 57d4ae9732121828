import { datadogRum } from "@datadog/browser-rum";
import { saw } from "./page.ts";

datadogRum.init({
  applicationId: "00000000-0000-0000-0000-000000000000",
  clientToken: "token",
  service: "tests",
  proxy: `${location.origin}/intake`,
  sessionPersistence: "local-storage", // its cookie is none that the harness can delete
  sessionSampleRate: 100,
  trackResources: true,
  trackUserInteractions: true,
  allowedTracingUrls: [location.origin],
  beforeSend(event) {
    if (event.type === "resource" && event.resource.type === "fetch") {
      saw(event.resource.method, event.resource.url);
    }
    return true;
  },
});
