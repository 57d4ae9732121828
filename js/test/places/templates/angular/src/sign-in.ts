import { Component, signal } from "@angular/core";
import { describe } from "traq-auth/messages";
import { auth } from "./auth";
import { injectAuth } from "./inject-auth";

@Component({
  selector: "app-sign-in",
  template: `
    @if (who().status === "signed-out") {
      <form (submit)="signIn($event)">
        <label>Name <input name="name" autocomplete="username" required /></label>
        <label
          >Password <input name="password" type="password" autocomplete="current-password" required
        /></label>
        <button [disabled]="busy()">Sign in</button>
      </form>
    }
    @if (who().user; as user) {
      <p>{{ user.displayName }} <button [disabled]="busy()" (click)="signOut()">Sign out</button></p>
    }
    <p role="alert">{{ message() }}</p>
  `,
})
export class SignIn {
  protected readonly who = injectAuth();
  protected readonly message = signal("");
  protected readonly busy = signal(true);

  constructor() {
    this.run(auth.known());
  }

  protected signIn(event: Event) {
    event.preventDefault();
    const fields = new FormData(event.target as HTMLFormElement);
    const name = String(fields.get("name")).trim().replace(/^@/, "");
    this.run(auth.login({ name, password: String(fields.get("password")) }));
  }

  protected signOut() {
    this.run(auth.logout());
  }

  /** Waits for a call, and shows what goes wrong. */
  private async run(call: Promise<unknown>) {
    this.busy.set(true);
    this.message.set("");
    await call.catch((error) => this.message.set(describe(error, "en")));
    this.busy.set(false);
  }
}
