import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { device, refused, settled, states } from "./outbox-device.ts";

describe("while the server or its database is away", () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  test("ana's words wait for as long as it takes, and go out in order when it is back", async () => {
    let answers = 0;
    let isAway = true;
    const { outbox, sent } = device(async () => {
      answers++;
      if (isAway) throw refused("UNAVAILABLE");
    });
    outbox.add("lobby", "one");
    outbox.add("lobby", "two");
    await vi.advanceTimersByTimeAsync(10 * 60_000);
    expect(states(outbox)).toEqual(["one: waiting", "two: waiting"]);
    expect(outbox.isUnavailable()).toBe(true);
    // 30 s apart in the end, half of it chance.
    expect(answers).toBeGreaterThan(20);
    expect(answers).toBeLessThan(50);
    isAway = false;
    outbox.wake();
    await settled();
    expect(sent).toEqual(["one", "two"]);
    expect(outbox.isUnavailable()).toBe(false);
  });

  test("a server that stays silent while the link is down never fails a message", async () => {
    const { outbox, link } = device(async () => {
      throw new Error("Failed to fetch");
    });
    link.isLive = false;
    outbox.add("lobby", "one");
    await vi.advanceTimersByTimeAsync(10 * 60_000);
    expect(states(outbox)).toEqual(["one: waiting"]);
  });

  test("a busy server never fails a message, and says so itself", async () => {
    let answers = 0;
    const { outbox, sent } = device(async () => {
      if (++answers < 20) throw refused("TOO_BUSY", 1000);
    });
    outbox.add("lobby", "one");
    await settled();
    expect(outbox.getPause()).toMatchObject({ isBusy: true });
    await vi.advanceTimersByTimeAsync(19_000);
    expect(sent).toEqual(["one"]);
  });

  test("however much she types, a room has one timer", async () => {
    const { outbox } = device(async () => {
      throw refused("UNAVAILABLE");
    });
    for (let n = 0; n < 10; n++) {
      outbox.add("lobby", `line ${n}`);
      await settled();
    }
    expect(vi.getTimerCount()).toBe(1);
    outbox.add("kitchen", "elsewhere");
    await settled();
    expect(vi.getTimerCount()).toBe(2);
  });

  test("a browser that says offline by mistake is asked again, also when nobody wakes us", async () => {
    const { outbox, sent, link } = device();
    link.isOnline = false;
    outbox.add("lobby", "one");
    await settled();
    link.isOnline = true;
    await vi.advanceTimersByTimeAsync(2_000);
    expect(sent).toEqual(["one"]);
  });

  test("what belongs to another message's name gets a new one, and can then be sent", async () => {
    const names: string[] = [];
    const { outbox, sent, stored } = device(async ({ clientId }) => {
      names.push(clientId);
      if (names.length === 1) throw refused("CONFLICT");
    });
    outbox.add("lobby", "one");
    await settled();
    expect(states(outbox)).toEqual(["one: failed"]);
    // The row that has the old name is somebody else's words: it must not take these for its own.
    outbox.settle("lobby", (clientId) => clientId === names[0], 99);
    expect(states(outbox)).toEqual(["one: failed"]);
    outbox.retry(outbox.getEntries()[0]?.clientId ?? "");
    await settled();
    expect(sent).toEqual(["one"]);
    expect(new Set(names).size).toBe(2);
    expect([...stored.keys()]).toEqual([names[1]]);
  });
});
