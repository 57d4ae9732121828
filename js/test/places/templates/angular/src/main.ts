import { Component, provideZonelessChangeDetection, signal } from "@angular/core";
import { bootstrapApplication } from "@angular/platform-browser";
import { signIn } from "../sign-in.js";
import { auth } from "./auth";
import { injectAuth } from "./inject-auth";

@Component({
  selector: "app-root",
  template: `@if (who().status === "signed-in") {
    <p id="signed-in">{{ text() }}</p>
  }`,
})
class App {
  protected readonly who = injectAuth();
  protected readonly text = signal("");

  constructor() {
    signIn(auth).then(this.text.set);
  }
}

bootstrapApplication(App, { providers: [provideZonelessChangeDetection()] });
