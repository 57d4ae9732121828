export * from "../../../../js/src/messages.js";
