import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import type { Page } from "puppeteer-core";
import { useHarness } from "./harness.ts";
import { type Landing, type Row, rowsOf, setStage, type Stage } from "./redirect-values.ts";

// Whatever a redirect is given: what is accepted leads where it was told to
// lead, an origin that is allowed, by what the engine makes of it on the wire
// and in the page; what is refused sends nothing.

const harness = useHarness();
beforeEach(() => harness.reset());

/** What became of a value. */
interface Told {
  readonly to?: string | null;
  readonly code?: string;
  readonly sent: readonly string[];
  /** Where it was gone to, in as many ways as there are. */
  readonly landed: readonly (Landing | null)[];
}

/** A page of the origin that the API is on, or of another. */
async function prepare(from: "api" | "app" = "api"): Promise<Page> {
  const page = await harness.page(harness.server.landing[from]);
  await page.evaluate(() => sessionStorage.clear());
  await setStage(page);
  return page;
}

/** Holds what became of each value against the table. */
function check(rows: readonly Row[], told: readonly Told[]): void {
  const { api, app } = harness.server.landing;
  const wrong = rows.flatMap(({ source, to, code }, i) => {
    const { sent, landed, ...got } = told[i] ?? { sent: [], landed: [] };
    const expected = code === undefined ? { to } : { code };
    const away = landed.filter((at) => at?.href !== got.to || at === null || ![api, app].includes(at.origin));
    return JSON.stringify(got) === JSON.stringify(expected) && away.length === 0 && !(code && sent.length > 0)
      ? []
      : [
          `${source}: ${JSON.stringify(got)}, not ${JSON.stringify(expected)}` +
            (away.length > 0 ? `; leads to ${JSON.stringify(away)}` : "") +
            (code && sent.length > 0 ? `; sent ${sent.join(", ")}` : ""),
        ];
  });
  assert.equal(wrong.join("\n"), "");
  assert.equal(told.length, rows.length);
}

/** Gives each value to a call that redirects, sends the same as a form, and goes where the call says that it leads. */
function redirect(
  page: Page,
  method: "login" | "logout",
  rows: readonly Row[],
  app: string,
): Promise<Told[]> {
  return page.evaluate(
    async (method, sources, app) => {
      const { createAuthClient } = await import("/pkg/index.js");
      const { read, submit, assign } = globalThis as unknown as Stage;
      let sent: string[] = [];
      const auth = createAuthClient({
        allowedRedirectOrigins: [app],
        fetch: (url, request) => {
          sent.push(url as string);
          return fetch(url, request);
        },
      });
      await auth.ready();
      const told: Omit<Told, "landed">[] = [];
      for (const source of sources) {
        const requests: string[] = (sent = []);
        const options = { redirect: read(source) };
        const got = await (
          method === "login"
            ? auth.login({ name: "alice", password: "password1234" }, options)
            : auth.logout(options)
        ).then(
          ({ redirectTo }) => ({ to: redirectTo }),
          (error: unknown) => ({ code: (error as { code?: string }).code ?? String(error) }),
        );
        if (method === "login" && "to" in got) {
          await auth.logout();
        }
        told.push({ ...got, sent: requests });
      }
      const gone = told.map(async (each) => {
        const {
          to = null,
          sent: [first = ""],
        } = each;
        // A form cannot log in; where its redirect leads, the logout's shows, which is asked for in the same way.
        if (to === null || method === "login") {
          return [];
        }
        return Promise.all([submit(first), assign(to)]);
      });
      return Promise.all(gone.map(async (landed, i) => ({ sent: [], ...told[i], landed: await landed })));
    },
    method,
    rows.map(({ source }) => source),
    app,
  );
}

for (const method of ["login", "logout"] as const) {
  test(`${method}: where redirect leads`, async () => {
    const { landing } = harness.server;
    const rows = rowsOf("targets", harness.server, `${landing.api}/api/v3/${method}`);
    const told = await redirect(await prepare(), method, rows, landing.app);
    check(rows, told);
    const asked = told.map(({ sent: [first = landing.api] }) => new URL(first).searchParams.get("redirect"));
    assert.deepEqual(
      asked,
      rows.map(({ to }) => to ?? null),
    );
  });
}

/** Leaves with each value for a provider, comes back, and goes where the page is told to return to. */
function leave(
  page: Page,
  method: "linkAccount" | "loginWith",
  rows: readonly Row[],
  options: object,
): Promise<Told[]> {
  return page.evaluate(
    async (method, sources, options) => {
      const { createAuthClient } = await import("/pkg/index.js");
      const { read, assign } = globalThis as unknown as Stage;
      let sent: string[] = [];
      const auth = createAuthClient({
        ...options,
        fetch: (url, request) => {
          sent.push(url as string);
          return fetch(url, request);
        },
      });
      if (method === "linkAccount") {
        await auth.login({ name: "alice", password: "password1234" });
      }
      await auth.ready();
      const told: Promise<Told>[] = [];
      for (const source of sources) {
        const requests: string[] = (sent = []);
        const got = await auth[method]("oidc", { returnTo: read(source), navigate: false }).then(
          async () => ({ to: (await auth.completeRedirect())?.returnTo ?? null }),
          (error: unknown) => ({ code: (error as { code?: string }).code ?? String(error) }),
        );
        const { to = null } = got as { to?: string | null };
        const ways = to === null || method === "linkAccount" ? [] : [assign(to)];
        told.push(Promise.all(ways).then((landed) => ({ ...got, sent: requests, landed })));
      }
      return Promise.all(told);
    },
    method,
    rows.map(({ source }) => source),
    options,
  );
}

for (const method of ["linkAccount", "loginWith"] as const) {
  test(`${method}: where returnTo leads`, async () => {
    const { api, app } = harness.server.landing;
    const rows = rowsOf("targets", harness.server, `${api}/_test/blank`);
    check(rows, await leave(await prepare(), method, rows, { allowedRedirectOrigins: [app] }));
  });
}

test("a page of another origin may return to itself, and to the API's", async () => {
  const { api, app, evil } = harness.server.landing;
  const rows: Row[] = [
    { source: '"foo"', to: `${app}/_test/foo` },
    { source: '"/foo"', to: `${app}/foo` },
    { source: '"?a#b"', to: `${app}/_test/blank?a#b` },
    { source: JSON.stringify(`${app}/`), to: `${app}/` },
    { source: JSON.stringify(`${api}/foo`), to: `${api}/foo` },
    { source: JSON.stringify(`${evil}/foo`), code: "unsafe_redirect" },
    { source: JSON.stringify(`//${new URL(app).host}/`), code: "unsafe_redirect" },
  ];
  check(rows, await leave(await prepare("app"), "loginWith", rows, { baseURL: `${api}/api/v3` }));
});

test("what stands where returnTo was kept is checked as what is given", async () => {
  const { api, app } = harness.server.landing;
  const page = await prepare();
  const rows = rowsOf("targets", harness.server, `${api}/_test/blank`).filter(
    ({ source, to }) => source.startsWith('"') && to !== null,
  );
  const told: Told[] = await page.evaluate(
    async (sources, app) => {
      const { createAuthClient } = await import("/pkg/index.js");
      const { read, assign } = globalThis as unknown as Stage;
      const auth = createAuthClient({ allowedRedirectOrigins: [app] });
      await auth.loginWith("oidc", { returnTo: "/kept", navigate: false });
      const [[key, kept] = []] = Object.entries(sessionStorage).filter(([, text]) =>
        String(text).includes("/kept"),
      ) as [string, string][];
      const told: Promise<Told>[] = [];
      for (const source of sources) {
        if (key !== undefined && kept !== undefined) {
          sessionStorage.setItem(
            key,
            kept.replace(JSON.stringify(`${location.origin}/kept`), () => JSON.stringify(read(source))),
          );
        }
        const outcome = await auth.completeRedirect();
        const to = outcome?.returnTo ?? null;
        const got = outcome ? { to } : { code: key === undefined ? "nothing was kept" : "forgotten" };
        const ways = to === null ? [] : [assign(to)];
        told.push(Promise.all(ways).then((landed) => ({ ...got, sent: [], landed })));
      }
      return Promise.all(told);
    },
    rows.map(({ source }) => source),
    app,
  );
  // What is kept is absolute and normalized; anything else is not the client's.
  check(
    rows.map(({ source, to }) =>
      to !== undefined && source === JSON.stringify(to) ? { source, to } : { source, code: "forgotten" },
    ),
    told,
  );
});

/** Makes a client with each value for an option, and goes where it leads for a provider. */
function enter(page: Page, option: "baseURL" | "authURL", rows: readonly Row[]): Promise<Told[]> {
  return page.evaluate(
    async (option, sources) => {
      const { createAuthClient } = await import("/pkg/index.js");
      const { read, assign } = globalThis as unknown as Stage;
      const told: Promise<Told>[] = [];
      for (const source of sources) {
        const sent: string[] = [];
        const got = await (async () => {
          const auth = createAuthClient({
            [option]: read(source),
            fetch: (url, request) => {
              sent.push(url as string);
              return fetch(url, request);
            },
          });
          const { url } = await auth.loginWith("oidc", { navigate: false });
          auth.dispose();
          return { to: url };
        })().catch((error: unknown) => ({ code: (error as { code?: string }).code ?? String(error) }));
        const ways = "to" in got ? [assign(got.to)] : [];
        told.push(Promise.all(ways).then((landed) => ({ ...got, sent, landed })));
      }
      return Promise.all(told);
    },
    option,
    rows.map(({ source }) => source),
  );
}

test("baseURL: where the API is, and the providers' entrances beside it", async () => {
  const { api, app } = harness.server.landing;
  const bases = rowsOf("baseURL", harness.server, `${api}/_test/blank`);
  const beside = (base: string): string =>
    [api, app].includes(base) ? `${base}/auth/oidc` : base.replace(/[^/]*$/, "auth/oidc");
  const rows = bases.map((row) => (typeof row.to === "string" ? { ...row, to: beside(row.to) } : row));
  const told = await enter(await prepare(), "baseURL", rows);
  check(rows, told);
  const asked = told.map(({ sent: [first = null] }) => first);
  assert.deepEqual(
    asked,
    bases.map(({ to }) => (typeof to === "string" ? `${to}/version` : null)),
  );
});

test("authURL: where the providers' entrances are", async () => {
  const { api } = harness.server.landing;
  const rows = rowsOf("authURL", harness.server, `${api}/_test/blank`);
  check(rows, await enter(await prepare(), "authURL", rows));
});

test("allowedRedirectOrigins: each is one origin, and allows no other", async () => {
  const { landing } = harness.server;
  const rows = rowsOf("allowedRedirectOrigins", harness.server, `${landing.api}/_test/blank`);
  const origins = new Set([
    "http://a.q.test",
    ...Object.values(landing),
    ...rows.flatMap(({ to }) => to ?? []),
  ]);
  const told = await (
    await prepare()
  ).evaluate(
    async (sources, origins) => {
      const { createAuthClient } = await import("/pkg/index.js");
      const { read } = globalThis as unknown as Stage;
      const told: { code?: string; allowed?: string[] }[] = [];
      for (const source of sources) {
        try {
          const auth = createAuthClient({ allowedRedirectOrigins: [read(source)] });
          const allowed = [];
          for (const origin of origins) {
            const { redirectTo } = await auth
              .logout({ redirect: `${origin}/foo` })
              .catch((): { redirectTo: null } => ({ redirectTo: null }));
            if (redirectTo !== null) {
              allowed.push(redirectTo);
            }
          }
          auth.dispose();
          told.push({ allowed });
        } catch (error) {
          told.push({ code: (error as { code?: string }).code ?? String(error) });
        }
      }
      return told;
    },
    rows.map(({ source }) => source),
    [...origins],
  );
  const wrong = rows.flatMap(({ source, to, code }, i) => {
    const expected = code === undefined ? { allowed: [`${landing.api}/foo`, `${to ?? ""}/foo`] } : { code };
    return JSON.stringify(told[i]) === JSON.stringify(expected)
      ? []
      : [`${source}: ${JSON.stringify(told[i])}, not ${JSON.stringify(expected)}`];
  });
  assert.equal(wrong.join("\n"), "");
});

test("a page of its own is led there too", async () => {
  const { api, app } = harness.server.landing;
  for (const [written, to] of [
    ["/foo?a=b#c", `${api}/foo?a=b#c`],
    ["/..//evil.test", `${api}//evil.test`],
    [`${app}/あ`, `${app}/%E3%81%82`],
    [app.replace("localhost", "loc\u00adal\u200bhost"), `${app}/`],
    [app.replace("localhost", "ⓛⓞⓒⓐⓛⓗⓞⓢⓣ"), `${app}/`],
  ] as const) {
    const page = await prepare();
    await Promise.all([
      page.waitForNavigation(),
      page.evaluate(
        async (redirect, app) => {
          const { createAuthClient } = await import("/pkg/index.js");
          let sent = "";
          await createAuthClient({
            allowedRedirectOrigins: [app],
            fetch: (url, request) => {
              sent ||= url as string;
              return fetch(url, request);
            },
          }).logout({ redirect });
          const form = document.createElement("form");
          Object.assign(form, { method: "post", action: sent });
          document.documentElement.append(form);
          setTimeout(() => form.submit());
        },
        written,
        app,
      ),
    ]);
    assert.equal(page.url(), to, written);
    await harness.reset();
  }
});
