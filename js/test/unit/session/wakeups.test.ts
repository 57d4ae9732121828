import assert from "node:assert/strict";
import { afterEach, beforeEach, mock, test } from "node:test";
import { onWakeup } from "../../../src/session/wakeups.ts";
import { leave, open, page } from "../page.ts";

// When a page wakes up; what the client asks then is in asking.test.ts.

beforeEach(open);
afterEach(leave);

/** What wakes up with these options, by a clock that stands still. */
function watched(
  options: { visible: boolean; interval: number },
  work: (asked: () => number, send: (type: string, members?: object) => void) => void,
): void {
  mock.timers.enable({ apis: ["setTimeout", "Date"], now: 1e12 });
  let last = Date.now();
  const callback = mock.fn(() => (last = Date.now()));
  const end = onWakeup(callback, () => last, { subscribe: true, ...options });
  try {
    work(
      () => callback.mock.callCount(),
      (type, members) => page.dispatchEvent(Object.assign(new Event(type), members)),
    );
    const before = callback.mock.callCount();
    end();
    page.dispatchEvent(new Event("focus"));
    mock.timers.tick(1e6);
    assert.equal(callback.mock.callCount(), before, "it has ended");
  } finally {
    end();
    mock.timers.reset();
  }
}

test("an interval asks every so many milliseconds, and on no event", () => {
  watched({ visible: false, interval: 60_000 }, (asked, send) => {
    mock.timers.tick(59_999);
    for (const type of ["focus", "online", "visibilitychange"]) {
      send(type);
    }
    send("pageshow", { persisted: true });
    assert.equal(asked(), 0);
    mock.timers.tick(1);
    assert.equal(asked(), 1);
    for (let i = 2; i <= 10; i++) {
      mock.timers.tick(60_000);
      assert.equal(asked(), i);
    }
  });
});

test("a hidden page sends nothing, and asks when it is shown again", () => {
  watched({ visible: false, interval: 1000 }, (asked, send) => {
    page.visibilityState = "hidden";
    send("visibilitychange");
    mock.timers.tick(100_000);
    send("online");
    send("focus");
    assert.equal(asked(), 0);
    page.visibilityState = "visible";
    send("visibilitychange");
    assert.equal(asked(), 1);
    mock.timers.tick(1000);
    assert.equal(asked(), 2);
  });
});

/** Sets the clock by so many milliseconds, of which no timer knows. */
function shifted(by: number, work: () => void): void {
  const clock = Date.now;
  Date.now = () => clock() + by;
  try {
    work();
  } finally {
    Date.now = clock;
  }
}

test("a laptop that slept asks when it wakes, though its timers stood still", () => {
  watched({ visible: false, interval: 600_000 }, (asked) => {
    mock.timers.tick(60_000);
    shifted(8 * 3_600_000, () => {
      assert.equal(asked(), 0);
      mock.timers.tick(5000);
      assert.equal(asked(), 1);
      mock.timers.tick(5000);
      assert.equal(asked(), 1);
    });
  });
});

test("without an interval nothing is asked but on an event, at most every 5 s", () => {
  watched({ visible: true, interval: 0 }, (asked, send) => {
    mock.timers.tick(1e6);
    assert.equal(asked(), 0);
    send("focus");
    send("visibilitychange");
    assert.equal(asked(), 1);
    send("pageshow", { persisted: false });
    mock.timers.tick(4999);
    send("focus");
    assert.equal(asked(), 1);
    send("online");
    assert.equal(asked(), 1);
    mock.timers.tick(1);
    assert.equal(asked(), 2, "what was tried before it came online has failed");
    send("pageshow", { persisted: true });
    assert.equal(asked(), 3);
  });
});

test("a clock that was set back keeps no page from asking", () => {
  watched({ visible: true, interval: 60_000 }, (asked, send) => {
    shifted(-3_600_000, () => send("focus"));
    assert.equal(asked(), 1);
  });
});
