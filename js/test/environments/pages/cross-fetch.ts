import crossFetch from "cross-fetch";
import { saw, scope } from "./page.ts";

scope.givenFetch = (input, init) => {
  saw(init?.method, input);
  return crossFetch(input, init);
};
