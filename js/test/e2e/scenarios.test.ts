import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import type { Page } from "puppeteer-core";
import { call } from "./client.ts";
import { useHarness } from "./harness.ts";
import { assertMatches, filled, type Values } from "./pattern.ts";
import { flavour } from "./server.ts";

// Plays the table of authcore/authtest/scenarios, whose doc.go says what its
// members mean; authcore/authhttp plays it too.

interface Step {
  client?: string;
  call?: string;
  args?: unknown[];
  options?: unknown;
  visit?: string;
  decide?: "approve" | "deny";
  server?: string;
  gives?: unknown;
  fails?: unknown;
  sends?: number;
  lands?: string;
  shows?: string;
}

interface Scenario {
  name: string;
  covers: string[];
  steps: Step[];
}

const scenarios = JSON.parse(
  readFileSync(new URL("../../../authcore/authtest/scenarios/scenarios.json", import.meta.url), "utf8"),
) as Scenario[];

const harness = useHarness();

async function play(page: Page, step: Step, values: Values): Promise<void> {
  const before = await harness.server.requests();
  const { value, error } = await call(
    page,
    step.call as string,
    filled(step.args ?? [], values),
    filled(step.options ?? null, values),
  );
  const what = `${step.call as string}(${JSON.stringify(step.args ?? [])})`;
  if (step.fails === undefined) {
    assert.equal(error, undefined, `${what} failed: ${JSON.stringify(error)}`);
    if (step.gives !== undefined) {
      assertMatches(value, step.gives, values);
    }
  } else {
    assert.ok(error, `${what} did not fail`);
    assertMatches(error, step.fails, values);
  }
  if (step.sends !== undefined) {
    assert.equal((await harness.server.requests()) - before, step.sends, `requests of ${what}`);
  }
}

async function visit(page: Page, step: Step, values: Values): Promise<void> {
  const home = page.url();
  await page.goto(filled(step.visit as string, values));
  await Promise.all([page.waitForNavigation(), page.click(`button[value="${step.decide ?? "approve"}"]`)]);
  assert.equal(new URL(page.url()).pathname, step.lands);
  if (step.shows !== undefined) {
    const shown = await page.evaluate(() => document.body.textContent);
    assert.ok(shown.includes(step.shows), `${shown} does not show ${step.shows}`);
  }
  await page.goto(home);
}

for (const { name, covers, steps } of scenarios) {
  test(`${flavour}: ${name} [${covers.join(", ")}]`, async () => {
    await harness.reset();
    const values: Values = new Map([
      ["name", "alice"],
      ["password", "password1234"],
      ["origin", harness.server.origin],
    ]);
    const pages = new Map<string, Page>();
    for (const step of steps) {
      if (step.server !== undefined) {
        await harness.server.act(step.server, ...filled(step.args ?? [], values));
        continue;
      }
      const client = step.client ?? "a";
      const page = pages.get(client) ?? (await harness.page());
      pages.set(client, page);
      await (step.visit === undefined ? play(page, step, values) : visit(page, step, values));
    }
  });
}
