import { Component, provideZonelessChangeDetection, signal } from "@angular/core";
import { bootstrapApplication } from "@angular/platform-browser";
import { createAuthClient } from "traq-auth/inline";
import { signIn } from "../sign-in.js";

@Component({ selector: "app-root", template: '<p id="signed-in">{{ text() }}</p>' })
class App {
  protected readonly text = signal("");

  constructor() {
    signIn(createAuthClient()).then(this.text.set);
  }
}

bootstrapApplication(App, { providers: [provideZonelessChangeDetection()] });
