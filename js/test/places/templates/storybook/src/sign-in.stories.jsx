import { SignIn } from "./sign-in.jsx";

export default { component: SignIn };

export const SignedIn = {};
