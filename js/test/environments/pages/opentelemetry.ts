import { trace } from "@opentelemetry/api";
import { FetchInstrumentation } from "@opentelemetry/instrumentation-fetch";
import { BasicTracerProvider, type SpanProcessor } from "@opentelemetry/sdk-trace-base";
import { saw } from "./page.ts";

const spans: SpanProcessor = {
  onStart() {},
  onEnd({ attributes }) {
    saw(
      attributes["http.request.method"] ?? attributes["http.method"],
      attributes["url.full"] ?? attributes["http.url"],
    );
  },
  forceFlush: () => Promise.resolve(),
  shutdown: () => Promise.resolve(),
};
const provider = new BasicTracerProvider({ spanProcessors: [spans] });
trace.setGlobalTracerProvider(provider);
const instrumentation = new FetchInstrumentation({ clearTimingResources: true });
instrumentation.setTracerProvider(provider);
instrumentation.enable();
