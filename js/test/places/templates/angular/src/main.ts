import { Component, provideZonelessChangeDetection, signal } from "@angular/core";
import { bootstrapApplication } from "@angular/platform-browser";
import { signIn } from "../sign-in.js";
import { auth } from "./auth";
import { injectAuth } from "./inject-auth";
import { SignIn } from "./sign-in";

@Component({
  selector: "app-root",
  imports: [SignIn],
  template: `@if (byForm) {
      <app-sign-in />
    } @else if (who().status === "signed-in") {
      <p id="signed-in">{{ text() }}</p>
    }`,
})
class App {
  protected readonly byForm = location.hash === "#form";
  protected readonly who = injectAuth();
  protected readonly text = signal("");

  constructor() {
    if (!this.byForm) {
      signIn(auth).then(this.text.set);
    }
  }
}

bootstrapApplication(App, { providers: [provideZonelessChangeDetection()] });
