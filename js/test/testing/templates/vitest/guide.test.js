// @vitest-environment jsdom
import { createTestServer } from "traq-auth-testing";
import { beforeEach, expect, test, vi } from "vitest";
import { listDevices, endDevice, endOtherDevices } from "./sessions.ts";
import { signIn } from "./sign-in.ts";
import { signOut } from "./sign-out.ts";
import { auth } from "./auth.js";

// What the guides show, in a page of jsdom's on the server's origin.

let traq;
const output = document.createElement("output");
beforeEach(async () => {
  traq = await createTestServer();
  vi.stubGlobal("fetch", traq.fetch);
  vi.stubGlobal("localStorage", jsdom.window.localStorage); // newer versions of Node have one of their own, without a file
  localStorage.clear();
  output.textContent = "";
  await auth.refresh();
});

const form = (name, password) => {
  document.body.innerHTML = `<form><input name="name"><input name="password"></form>`;
  const [form] = document.forms;
  form.elements.name.value = name;
  form.elements.password.value = password;
  return form;
};
const state = () => auth.getSnapshot().user?.name ?? auth.getSnapshot().status;

test("README's first call signs in and lists the sessions", async () => {
  const log = vi.spyOn(console, "log").mockImplementation(() => {});
  await import("./first-call.ts");
  expect(log).toHaveBeenCalledTimes(1);
  expect(log.mock.calls[0][0]).toMatch(/^[\da-f-]{36}$/);
});

test("README's test server suspends an account", async () => {
  await expect(import("./readme.js")).rejects.toMatchObject({ code: "account_suspended" });
});

test("the form signs in, whatever is typed around the name, and says what is wrong", async () => {
  await signIn(form("alice", "no"), output);
  expect(output.textContent).toMatch(/^The name or the password is wrong/);
  expect(state()).toBe("signed-out");
  await signIn(form(" @alice ", "password1234"), output);
  expect(state()).toBe("alice");
});

test("the button signs out, and says so where the server could not be told", async () => {
  await auth.login({ name: "alice", password: "password1234" });
  await signOut(output);
  expect([state(), output.textContent]).toEqual(["signed-out", ""]);
  await auth.login({ name: "alice", password: "password1234" });
  traq.act("answer", { break: true });
  await signOut(output);
  expect(state()).toBe("signed-out");
  expect(output.textContent).toMatch(/^You are signed out here/);
  traq.act("answer");
  expect((await auth.refresh()).status).toBe("signed-out"); // the logout is sent before
});

test("sessions are listed, this one first, and ended", async () => {
  traq.act("session", "alice", "30h");
  traq.act("session", "alice", "20h");
  await auth.login({ name: "alice", password: "password1234" });
  const [own, other, last] = await listDevices();
  expect([own.current, other.current, last.current]).toEqual([true, false, false]);
  expect(+other.issuedAt).toBeGreaterThan(+last.issuedAt);
  expect(await endDevice(other.id)).toBe(false);
  expect(await endOtherDevices()).toBe(0);
  expect(await listDevices()).toHaveLength(1);
  expect(await endDevice(own.id)).toBe(true);
  expect(state()).toBe("signed-out");
});
