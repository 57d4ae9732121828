import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import type { Page, ResponseForRequest } from "puppeteer-core";
import { alice, loginByFetch } from "./client.ts";
import { needing } from "./engine.ts";
import { useHarness } from "./harness.ts";
import { button, counts, field, open, shows, signedIn, signIn } from "./page.ts";
import { waitFor } from "./wait.ts";

// Signing in on the example's page with an account from elsewhere, and names
// and failures that come from outside.

const eventsTest = needing("events");
const historyTest = needing("history");
const harness = useHarness(undefined, { requests: true });
beforeEach(() => harness.reset());

const leave = async (page: Page, name: string): Promise<void> => {
  await Promise.all([page.waitForNavigation(), button(page, name).click()]);
};

/** Alice's account at the provider, which its page offers. */
const linked = (): Promise<void> => harness.server.act("link", "alice", "oidc", "alice_ext");

test("sign in with an account from elsewhere: one button for each provider, and it is told", async () => {
  await harness.server.act("providers", "github", "oidc", "other");
  await linked();
  const page = await open(harness);
  await counts(page, "Sign in with GitHub", 1);
  await counts(page, "Sign in with other", 1);
  await leave(page, "Sign in with OpenID Connect");
  await leave(page, "Approve");
  assert.equal(page.url(), `${harness.server.origin}/`);
  await shows(page, "You are signed in with OpenID Connect.");
  await shows(page, "(@alice)");
  await counts(page, "End session", 1);
});

test("a server without providers has none on the form", async () => {
  await harness.server.act("providers");
  const page = await open(harness);
  await shows(page, "Sign in");
  await shows(page, "traq-auth 0");
  await shows(page, /^(?![^]*from elsewhere)/);
});

test("a login that is denied leaves everything as it was", async () => {
  const page = await open(harness);
  await leave(page, "Sign in with OpenID Connect");
  await leave(page, "Deny");
  await page.goto(harness.server.origin);
  await shows(page, "You were not signed in with OpenID Connect; nothing has changed.");
  await signIn(page);
  await shows(page, "You are signed in.");
  await page.reload();
  await counts(page, "End session", 1);
  await shows(page, /^(?![^]*nothing has changed)/);
});

test("an account that nobody has linked signs nobody in", async () => {
  const page = await open(harness);
  await leave(page, "Sign in with OpenID Connect");
  await leave(page, "Approve");
  await shows(page, "You are not a member of traQ"); // the server's own page
  await page.goto(harness.server.origin);
  await shows(page, "You were not signed in with OpenID Connect; nothing has changed.");
});

historyTest("a login that is abandoned by the back button is told, and can be made again", async () => {
  await linked();
  const page = await open(harness);
  await leave(page, "Sign in with OpenID Connect");
  await page.goBack();
  await shows(page, "You were not signed in with OpenID Connect; nothing has changed.");
  await leave(page, "Sign in with OpenID Connect");
  await leave(page, "Approve");
  await shows(page, "You are signed in with OpenID Connect.");
});

test("a provider that is no longer offered, and somebody who is signed in already, are told in words", async () => {
  const page = await open(harness);
  await counts(page, "Sign in with OpenID Connect", 1);
  await harness.server.act("providers");
  await button(page, "Sign in with OpenID Connect").click();
  await shows(page, "This server does not offer that provider.");
  await harness.server.act("providers", "oidc");
  // As a page does that has another client.
  assert.equal(await loginByFetch(page, alice), 204);
  await button(page, "Sign in with OpenID Connect").click();
  await shows(page, /Somebody is signed in already|End session/);
});

test("what became of a login is told once the server can be asked", async () => {
  await linked();
  const page = await open(harness);
  await leave(page, "Sign in with OpenID Connect");
  const approve = await button(page, "Approve").waitHandle();
  await harness.server.act("answer", { path: "/api/v3/users/me", break: true });
  await Promise.all([page.waitForNavigation(), approve.evaluate((b) => (b as HTMLElement).click())]);
  await shows(page, "The server cannot be reached.");
  await harness.server.act("answer");
  await button(page, "Try again").click();
  await shows(page, "You are signed in with OpenID Connect.");
  await counts(page, "End session", 1);
});

test("providers that cannot be listed are told, and a name and a password do; they can be asked for again", async () => {
  await harness.server.act("answer", { path: "/api/v3/version", status: 500, body: '{"message":"?"}' });
  const page = await open(harness);
  await shows(page, "The server has a problem.");
  assert.equal(
    await page.evaluate(() => document.getElementById("sign-in-line")?.textContent),
    "",
    "it is no matter of the form's",
  );
  await harness.server.act("answer");
  await button(page, "Try again").click();
  await counts(page, "Sign in with OpenID Connect", 1);
  await counts(page, "Try again", 0);
  assert.equal(
    await page.evaluate(() => document.activeElement?.textContent),
    "Sign in with OpenID Connect",
    "focus is not lost",
  );
  await harness.server.act("answer", { path: "/api/v3/version", status: 500, body: '{"message":"?"}' });
  await page.reload();
  await signIn(page);
  await shows(page, "You are signed in.");
});

for (const name of ["@alice", "＠alice", "alice"]) {
  test(`${name} signs in as alice`, async () => {
    const page = await open(harness);
    await field(page, "Password").fill("password1234");
    // WebDriver types keys, and no keyboard there has the wide one.
    await page.evaluate((name) => {
      (document.getElementById("name") as HTMLInputElement).value = name;
    }, name);
    await button(page, "Sign in").click();
    await shows(page, "You are signed in.");
    await shows(page, "(@alice)");
  });
}

for (const [name, words] of [
  ["@@alice", /name must be 1 to 32 characters/],
  ["alice@", /name must be 1 to 32 characters/],
  ["@", "Give your name and your password."],
] as const) {
  test(`${name} is no name`, async () => {
    const page = await open(harness);
    await signIn(page, name);
    await shows(page, words);
    await field(page, "Name").fill("alice");
  });
}

/** Names that every object has something for, and what is no name in a document. */
const names = [
  "constructor", "__proto__", "prototype", "toString", "toLocaleString", "valueOf", "hasOwnProperty", "isPrototypeOf",
  "propertyIsEnumerable", "__defineGetter__", "__lookupSetter__", "then", "length", "name", "get", "size",
  "a b", "<b>c</b>", "é %41 &amp;", "signed-out", "__proto__ __proto__",
]; // prettier-ignore

eventsTest("a name from outside is shown as it is, whatever it is the name of", async () => {
  await harness.server.act("providers", ...names, "oidc");
  await harness.server.act("link", "alice", "constructor", "toString");
  await harness.server.act("link", "alice", "gone __proto__", "<i>__proto__</i>");
  const page = await harness.page();
  const errors: unknown[] = [];
  harness.listen(page, "pageerror", (error) => errors.push(error));
  await page.goto(harness.server.origin);
  await counts(page, "Sign in with OpenID Connect", 1);
  const texts = (selector: string): Promise<(string | undefined)[]> =>
    page.evaluate(
      (selector) =>
        [...document.querySelectorAll(selector)].map((e) => e.firstChild?.textContent ?? undefined),
      selector,
    );
  assert.deepEqual(
    await texts("#provider-buttons button"),
    [...names, "OpenID Connect"].map((name) => `Sign in with ${name}`),
  );
  await signIn(page);
  await shows(page, "You are signed in.");
  assert.deepEqual(await texts("#accounts p"), [
    "constructor",
    "gone __proto__",
    ...names.filter((name) => name !== "constructor"),
    "OpenID Connect",
  ]);
  await shows(page, "toString, linked");
  await shows(page, "<i>__proto__</i>, linked");
  const undescribed = await page.evaluate(() =>
    [...document.querySelectorAll("#accounts button")]
      .map((b) => b.getAttribute("aria-describedby") ?? "")
      .filter((id) => !document.getElementById(id)?.textContent),
  );
  assert.deepEqual(undescribed, [], "each button says whose it is");
  for (const name of ["constructor", "__proto__"]) {
    await page.evaluate((name) => {
      const row = [...document.querySelectorAll("#accounts li")].find(
        (li) => li.querySelector("p")?.firstChild?.textContent === name,
      );
      row?.querySelector("button")?.click();
    }, name);
    if (name === "constructor") {
      await shows(page, "constructor is no longer linked.");
    } else {
      await waitFor(page, () => location.pathname.includes("/_provider/"));
    }
  }
  assert.deepEqual(errors, []);
});

/** Answers a page's requests of these paths, and lets the others pass; gives the page's errors. */
async function answering(
  page: Page,
  answers: (path: string) => Partial<ResponseForRequest> | "abort" | undefined,
): Promise<unknown[]> {
  const errors: unknown[] = [];
  harness.listen(page, "pageerror", (error) => errors.push(error));
  await page.setRequestInterception(true);
  harness.listen(page, "request", (request) => {
    const answer = answers(new URL(request.url()).pathname);
    const done =
      answer === undefined
        ? request.continue()
        : answer === "abort"
          ? request.abort()
          : request.respond({ contentType: "application/json", ...answer });
    done.catch(() => undefined); // the test is over, or its page has left
  });
  return errors;
}

const lists = ["/api/v3/users/me/sessions", "/api/v3/users/me/ex-accounts", "/api/v3/version"];
for (const failure of [
  { status: 500, body: '{"message":"?"}' },
  { status: 200, body: "<html>" },
  { status: 403, body: '{"message":"constructor"}' },
  "abort",
] as const) {
  eventsTest(`lists that fail are told, each in its place: ${JSON.stringify(failure)}`, async () => {
    const page = await harness.page();
    const errors = await answering(page, (path) => (lists.includes(path) ? failure : undefined));
    try {
      await page.goto(harness.server.origin);
      await page.waitForSelector("#providers-problem:not([hidden])");
      await signIn(page);
      for (const reload of [false, true]) {
        if (reload) {
          await page.reload();
        }
        await page.waitForSelector("#sessions-line.problem");
        await page.waitForSelector("#accounts-line.problem");
        await counts(page, "Sign out", 1);
      }
    } finally {
      await page.setRequestInterception(false);
    }
    assert.deepEqual(errors, []);
  });
}

for (const path of ["/_example/config.json", "/pkg/build-info.json"]) {
  for (const answer of [
    { body: "<html>" },
    { body: "null" },
    { status: 421, body: "no" },
    "abort",
  ] as const) {
    eventsTest(
      `${path} that is ${JSON.stringify(answer)} leaves no error, and can be asked for again`,
      async () => {
        const page = await harness.page();
        let failing = true;
        const errors = await answering(page, (asked) => (failing && asked === path ? answer : undefined));
        try {
          await page.goto(harness.server.origin);
          if (path.includes("config")) {
            await shows(page, "The server cannot be reached.");
            failing = false;
            await button(page, "Try again").click();
          }
          await counts(page, "Sign in", 1);
          await counts(page, "Sign in with OpenID Connect", 1);
          await shows(page, "alice with the password");
        } finally {
          await page.setRequestInterception(false);
        }
        assert.deepEqual(errors, []);
      },
    );
  }
}

test("a page whose lists failed shows them when they are asked for again", async () => {
  await harness.server.act("answer", { path: "/api/v3/users/me/ex-accounts", status: 500, body: "{}" });
  const page = await signedIn(harness);
  await shows(page, "The server has a problem.");
  await harness.server.act("answer");
  await page.reload();
  await counts(page, "Link", 1);
});
