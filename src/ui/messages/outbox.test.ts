import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { device, refused, settled, states } from "./outbox-device.ts";

describe("what ana wrote and the server has not got yet", () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  test("is shown at once, goes out in order, and stays until its row is in the room", async () => {
    const { outbox, sent, stored } = device();
    outbox.add("lobby", "one");
    outbox.add("lobby", "two");
    expect(states(outbox)).toEqual(["one: waiting", "two: waiting"]);
    await settled();
    expect(sent).toEqual(["one", "two"]);
    expect(states(outbox)).toEqual(["one: sent", "two: sent"]);
    const first = outbox.getEntries()[0]?.clientId;
    outbox.settle("lobby", (clientId) => clientId === first, 0);
    await settled();
    expect(states(outbox)).toEqual(["two: sent"]);
    expect(stored.size).toBe(1);
  });

  test("waits while she is offline and goes out when the link is back", async () => {
    const { outbox, sent, link } = device();
    Object.assign(link, { isLive: false, isOnline: false });
    outbox.add("lobby", "one");
    await vi.advanceTimersByTimeAsync(60_000);
    expect(states(outbox)).toEqual(["one: waiting"]);
    Object.assign(link, { isLive: true, isOnline: true });
    outbox.wake();
    await settled();
    expect(sent).toEqual(["one"]);
  });

  test("survives a reload, under the same name", async () => {
    const before = device(() => new Promise(() => {}));
    before.outbox.add("lobby", "one");
    await settled();
    const clientId = before.outbox.getEntries()[0]?.clientId;
    const names: string[] = [];
    const after = device(async (entry) => void names.push(entry.clientId), before.stored);
    after.outbox.start();
    await settled();
    expect(after.sent).toEqual(["one"]);
    expect(names).toEqual([clientId]);
  });

  test("is not shown again after a reload when the server had acknowledged it", async () => {
    const before = device();
    before.outbox.add("lobby", "one");
    await settled();
    const after = device(undefined, before.stored);
    after.outbox.start();
    await settled();
    expect(after.sent).toEqual([]);
    expect(states(after.outbox)).toEqual([]);
  });

  test("has failed after three tries over a live link, and does not hold up what comes after it", async () => {
    const { outbox, sent } = device(async (entry) => {
      if (entry.body === "one") throw refused("INTERNAL");
    });
    outbox.add("lobby", "one");
    outbox.add("lobby", "two");
    // Two waits, of up to 2 and 4 s, and at least half of that.
    await vi.advanceTimersByTimeAsync(2_900);
    expect(sent).toEqual([]);
    await vi.advanceTimersByTimeAsync(3_100);
    expect(sent).toEqual(["two"]);
    expect(outbox.getEntries()[0]).toMatchObject({ state: "failed", error: "Not sent: the server didn't answer." });
  });

  test("can be sent again, or thrown away, once it has failed", async () => {
    let isRefused = true;
    const { outbox, sent, stored } = device(async () => {
      if (isRefused) throw refused("TOO_LONG");
    });
    outbox.add("lobby", "one");
    await settled();
    expect(outbox.getEntries()[0]).toMatchObject({ state: "failed", error: "Not sent. Because of TOO_LONG." });
    isRefused = false;
    outbox.retry(outbox.getEntries()[0]?.clientId ?? "");
    await settled();
    expect(sent).toEqual(["one"]);
    outbox.discard(outbox.getEntries()[0]?.clientId ?? "");
    await settled();
    expect([outbox.getEntries().length, stored.size]).toEqual([0, 0]);
  });

  test("pauses as a whole when the server asks for it, in every room", async () => {
    let isTooMuch = true;
    const { outbox, sent } = device(async () => {
      if (isTooMuch) throw refused("TOO_MANY_REQUESTS", 3000);
    });
    outbox.add("lobby", "one");
    await settled();
    isTooMuch = false;
    outbox.add("kitchen", "two");
    await vi.advanceTimersByTimeAsync(2_900);
    expect(sent).toEqual([]);
    await vi.advanceTimersByTimeAsync(200);
    expect(sent.sort()).toEqual(["one", "two"]);
  });

  test("is kept when her session has ended", async () => {
    const { outbox, ports, stored } = device(async () => {
      throw refused("UNAUTHORIZED");
    });
    outbox.add("lobby", "one");
    await settled();
    expect(ports.onSignedOut).toHaveBeenCalledOnce();
    expect([...stored.values()][0]).toMatchObject({ body: "one", state: "waiting" });
  });

  test("a slow room does not hold up another", async () => {
    const { outbox, sent } = device((entry) => (entry.roomId === "lobby" ? new Promise(() => {}) : Promise.resolve()));
    outbox.add("lobby", "one");
    outbox.add("kitchen", "two");
    await settled();
    expect(sent).toEqual(["two"]);
  });
});
