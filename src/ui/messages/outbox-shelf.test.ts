import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { device, refused, settled, states } from "./outbox-device.ts";
import type { OutboxEntry } from "./outbox-entry.ts";
import { outboxStorage } from "./outbox-storage.ts";

const no = () => Promise.reject(new Error("The disk is full."));

describe("a browser that will not store", () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  test("ana's words stay on screen, marked, until they are sent", async () => {
    const { outbox, ports, sent, link } = device();
    ports.storage.put = no;
    link.isOnline = false;
    outbox.add("lobby", "one");
    outbox.add("lobby", "two");
    await vi.advanceTimersByTimeAsync(60_000);
    expect(states(outbox)).toEqual(["one: waiting", "two: waiting"]);
    expect(outbox.getEntries().map(({ clientId }) => outbox.isOnlyHere(clientId))).toEqual([true, true]);
    link.isOnline = true;
    outbox.wake();
    await settled();
    expect(sent).toEqual(["one", "two"]);
    expect(states(outbox)).toEqual(["one: sent", "two: sent"]);
  });

  test("is the same when it will not even read", async () => {
    const { outbox, ports, sent } = device();
    Object.assign(ports.storage, { put: no, all: no, remove: no });
    outbox.start();
    outbox.add("lobby", "one");
    await settled();
    expect(sent).toEqual(["one"]);
    expect(states(outbox)).toEqual(["one: sent"]);
  });

  test("a message that failed and could not be stored so is not sent again behind her back", async () => {
    const { outbox, ports, sent } = device(async () => {
      throw refused("ARCHIVED");
    });
    outbox.add("lobby", "one");
    ports.storage.put = no;
    await settled();
    outbox.wake();
    outbox.add("lobby", "two");
    await settled();
    expect(states(outbox)).toEqual(["one: failed", "two: failed"]);
    expect(sent).toEqual([]);
  });

  test("what she discarded does not come back from a storage that did not hear of it", async () => {
    const { outbox, ports } = device(async () => {
      throw refused("ARCHIVED");
    });
    outbox.add("lobby", "one");
    await settled();
    ports.storage.remove = no;
    outbox.discard(outbox.getEntries()[0]?.clientId ?? "");
    outbox.add("lobby", "two");
    await settled();
    expect(states(outbox)).toEqual(["two: failed"]);
  });

  test("is asked again at the next use", async () => {
    let attempts = 0;
    const entries: OutboxEntry[] = [];
    const open = async () => {
      if (++attempts === 1) throw new Error("Locked.");
      return { getAll: async () => entries };
    };
    const storage = outboxStorage("ana", open as never);
    await expect(storage.all()).rejects.toThrow("Locked.");
    expect(await storage.all()).toBe(entries);
    await storage.all();
    expect(attempts).toBe(2);
  });
});

describe("two tabs", () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  test("what the first has sent is no ghost in the second, whose page may not have its row", async () => {
    const first = device();
    const second = device(undefined, first.stored);
    let hear = () => {};
    second.ports.tabs.listen = (onChange) => {
      hear = onChange;
      return () => {};
    };
    second.outbox.start();
    await settled();
    first.outbox.add("lobby", "one");
    await settled();
    hear();
    await settled();
    expect(states(first.outbox)).toEqual(["one: sent"]);
    expect(states(second.outbox)).toEqual([]);
    expect(second.sent).toEqual([]);
  });

  test("what this one has sent goes once its room is known up to that row, also when the row lies below the window", async () => {
    const { outbox, stored } = device();
    outbox.add("lobby", "one");
    await settled();
    outbox.settle("lobby", () => false, 0);
    expect(states(outbox)).toEqual(["one: sent"]);
    outbox.settle("lobby", () => false, 1);
    await settled();
    expect([states(outbox), stored.size]).toEqual([[], 0]);
  });
});
