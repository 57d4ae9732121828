export * from "../../../../js/src/oauth2.js";
