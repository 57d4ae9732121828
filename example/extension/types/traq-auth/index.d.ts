export * from "../../../../js/src/index.js";
