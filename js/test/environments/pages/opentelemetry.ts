import { trace } from "@opentelemetry/api";
import { FetchInstrumentation } from "@opentelemetry/instrumentation-fetch";
import { BasicTracerProvider, SimpleSpanProcessor } from "@opentelemetry/sdk-trace-base";
import { saw } from "./page.ts";

const provider = new BasicTracerProvider({
  spanProcessors: [
    new SimpleSpanProcessor({
      export(spans, done) {
        for (const { attributes } of spans) {
          saw(
            attributes["http.method"] ?? attributes["http.request.method"],
            attributes["http.url"] ?? attributes["url.full"],
          );
        }
        done({ code: 0 });
      },
      shutdown: () => Promise.resolve(),
    }),
  ],
});
trace.setGlobalTracerProvider(provider);
const instrumentation = new FetchInstrumentation({ clearTimingResources: true });
instrumentation.setTracerProvider(provider);
instrumentation.enable();
