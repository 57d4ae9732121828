import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import type { Page } from "puppeteer-core";
import { needing } from "./engine.ts";
import { useHarness } from "./harness.ts";
import { button, counts, field, open, shows, signedIn, signIn } from "./page.ts";

// The example's form: what it remembers, how a name may be written, and the
// browser's own store of passwords.

const newDocumentsTest = needing("newDocuments");
const harness = useHarness();
beforeEach(() => harness.reset());

const press = (page: Page, name: string): Promise<unknown> =>
  Promise.all([page.waitForNavigation(), button(page, name).click()]);

/** What is marked as used last, as the button's description. */
const marked = (page: Page): Promise<(string | null)[]> =>
  page.evaluate(() =>
    [...document.querySelectorAll("button[aria-describedby^=last-used]")]
      .filter((button) => button.checkVisibility())
      .map((button) => {
        const mark = document.getElementById(button.getAttribute("aria-describedby") ?? "");
        return mark?.checkVisibility() ? `${button.textContent}: ${mark.textContent}` : null;
      }),
  );

test("the way that was used last in this browser is marked, and no other", async () => {
  await harness.server.act("link", "alice", "oidc", "alice_ext");
  await harness.server.act("providers", "github", "oidc");
  const page = await open(harness);
  await page.evaluate(() => localStorage.clear());
  await page.reload();
  await counts(page, "Sign in with GitHub", 1);
  assert.deepEqual(await marked(page), []);
  await signIn(page, "alice", "wrong");
  await shows(page, "is wrong");
  assert.deepEqual(await marked(page), []);
  await signIn(page);
  await shows(page, "You are signed in.");
  await button(page, "Sign out").click();
  await shows(page, "You are signed out.");
  assert.deepEqual(await marked(page), ["Sign in: Last used here"]);
  await press(page, "Sign in with OpenID Connect");
  await press(page, "Approve");
  await shows(page, "You are signed in with OpenID Connect.");
  await button(page, "Sign out").click();
  await counts(page, "Sign in with OpenID Connect", 1);
  assert.deepEqual(await marked(page), ["Sign in with OpenID Connect: Last used here"]);
});

test("a name may be written as traQ shows it", async () => {
  for (const name of ["@alice", "＠alice"]) {
    const page = await open(harness);
    await field(page, "Password").fill("password1234");
    await page.evaluate((name) => {
      // WebKit's driver types no wide letters.
      (document.querySelector("[autocomplete=username]") as HTMLInputElement).value = name;
    }, name);
    await button(page, "Sign in").click();
    await shows(page, "(@alice)");
    await harness.reset();
  }
});

// The browser asks people in a window of its own, which no driver presses: its answers are the test's.
newDocumentsTest("a saved password signs in, and one that signed in is offered to be saved", async () => {
  const page = await harness.page();
  await page.evaluateOnNewDocument(() => {
    const saved: unknown[] = [];
    const answers = [null, { id: "alice", password: "password1234" }];
    Object.assign(globalThis, {
      saved,
      PasswordCredential: function (this: object, data: object) {
        Object.assign(this, data);
      },
    });
    Object.defineProperty(navigator, "credentials", {
      value: {
        get: (options: unknown) => {
          saved.push(options);
          return Promise.resolve(answers.shift());
        },
        store: (credential: unknown) => {
          saved.push(credential);
          return Promise.reject(new DOMException("refused", "NotAllowedError"));
        },
      },
    });
  });
  await page.goto(harness.server.origin);
  await button(page, "Use a saved password").click();
  await shows(page, "No saved password was chosen.");
  await button(page, "Use a saved password").click();
  await shows(page, "You are signed in.");
  await shows(page, "(@alice)");
  assert.deepEqual(await page.evaluate("saved"), [
    { password: true, mediation: "required" },
    { password: true, mediation: "required" },
    { id: "alice", name: "alice", password: "password1234" },
  ]);
});

test("a browser without such a store has no button for it", async () => {
  const page = await open(harness);
  await shows(page, "Sign in");
  const can = await page.evaluate(() => "PasswordCredential" in globalThis);
  await counts(page, "Use a saved password", Number(can));
});

test("a session that was ended elsewhere is told when the page is looked at again", async () => {
  const page = await signedIn(harness);
  await harness.server.act("deactivate", "alice"); // ends every session
  await harness.server.act("activate", "alice");
  await page.evaluate(() => setTimeout(() => dispatchEvent(new Event("focus")), 5_000)); // it asks once in five seconds
  await shows(page, "This session was ended elsewhere: in another tab or on another device.");
  await signIn(page);
  await shows(page, "You are signed in.");
  await button(page, "Sign out").click();
  await shows(page, "You are signed out.");
  await shows(page, /^(?![^]*ended elsewhere)/);
});
