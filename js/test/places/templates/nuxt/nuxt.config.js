export default defineNuxtConfig({ srcDir: ".", telemetry: false });
