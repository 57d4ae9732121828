export { auth } from "../auth.js";
