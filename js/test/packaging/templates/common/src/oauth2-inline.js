import { createOAuth2Client } from "traq-auth/oauth2/inline";
import { show, signInByOAuth2 } from "./app.js";

signInByOAuth2(createOAuth2Client).then(show);
