import type { Worker } from "node:cluster";
import { EventEmitter } from "node:events";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { CannotStart } from "../errors.ts";
import type { FromPrimary } from "./worker-channel.ts";
import { Workers } from "./workers.ts";

/** A process that does what the test says, in a time that the test moves. Real ones: e2e/workers.spec.ts. */
class Puppet extends EventEmitter {
  readonly signals: string[] = [];
  readonly heard: FromPrimary[] = [];
  answers = true;
  readonly process: { pid: number | undefined; kill: (signal: string) => number } = {
    pid: 1,
    kill: (signal: string) => this.signals.push(signal),
  };
  send(said: FromPrimary) {
    this.heard.push(said);
    if (this.answers && "areYouThere" in said) this.emit("message", { alive: true });
  }
  ready() {
    this.emit("message", { ready: "" });
  }
  end(how: number | string) {
    this.emit("exit", typeof how === "number" ? how : null, typeof how === "string" ? how : null);
  }
}

function open(count: number) {
  const forked: Puppet[] = [];
  const fork = () => {
    const puppet = new Puppet();
    forked.push(puppet);
    return puppet as unknown as Worker;
  };
  const onReady = vi.fn();
  const onHopeless = vi.fn<(reason: Error) => void>();
  const workers = new Workers({ count, fork, onReady, onHopeless });
  opened.push(workers);
  return { workers, forked, last: () => forked.at(-1) as Puppet, onReady, onHopeless };
}

const opened: Workers[] = [];
beforeEach(() => vi.useFakeTimers());
afterEach(() => {
  for (const workers of opened.splice(0)) void workers.stop();
  vi.useRealTimers();
});

const pass = (ms: number) => vi.advanceTimersByTimeAsync(ms);

/** Until one is started anew, in steps that a delay is counted in. */
async function untilForked(forked: Puppet[], count: number): Promise<number> {
  for (let waitedMs = 0; ; waitedMs += 500) {
    if (forked.length === count) return waitedMs;
    if (waitedMs > 60_000) throw new Error("None is started.");
    await pass(500);
  }
}

describe("workers behind one port", () => {
  test("that a machine has no room for are tried again, whether the fork throws or says so later", async () => {
    const forked: Puppet[] = [];
    let attempts = 0;
    const fork = () => {
      const puppet = new Puppet();
      attempts++;
      if (attempts === 1) throw new Error("spawn ENOMEM");
      if (attempts === 2) {
        puppet.process.pid = undefined;
        queueMicrotask(() => puppet.emit("error", new Error("spawn EAGAIN")));
      }
      forked.push(puppet);
      return puppet as unknown as Worker;
    };
    const onReady = vi.fn();
    const workers = new Workers({ count: 1, fork, onReady, onHopeless: vi.fn() });
    opened.push(workers);
    await untilForked(forked, 2);
    forked[1]?.ready();
    expect([attempts, onReady.mock.calls.length]).toEqual([3, 1]);
  });

  test("are not all ended because one that just crashed has not settled when another fails again", async () => {
    const { forked, last, onHopeless } = open(2);
    for (const puppet of forked) puppet.ready();
    await pass(11_000);
    const good = forked[0] as Puppet;
    for (let failure = 1; failure <= 6; failure++) {
      const count = forked.length;
      last().end(1);
      await untilForked(forked, count + 1);
    }
    const bad = last();
    good.end(1);
    await untilForked(forked, 9);
    last().ready();
    bad.end(1);
    await pass(100);
    expect(onHopeless).not.toHaveBeenCalled();
  });

  test("are ready once, when the last of them is; one that comes later is no news", async () => {
    const { forked, last, onReady } = open(3);
    expect(forked).toHaveLength(3);
    forked[0]?.ready();
    forked[1]?.ready();
    expect(onReady).not.toHaveBeenCalled();
    forked[2]?.ready();
    expect(onReady).toHaveBeenCalledTimes(1);
    await pass(20_000);
    forked[0]?.end("SIGKILL");
    await pass(0);
    last().ready();
    expect(forked).toHaveLength(4);
    expect(onReady).toHaveBeenCalledTimes(1);
  });

  test("are not ready while one that was has died before the last one was", async () => {
    const { forked, last, onReady } = open(2);
    forked[0]?.ready();
    forked[0]?.end(1);
    forked[1]?.ready();
    expect(onReady).not.toHaveBeenCalled();
    await untilForked(forked, 3);
    last().ready();
    expect(onReady).toHaveBeenCalledTimes(1);
  });

  test("one that dies after it ran well is followed at once, and its neighbours are left alone", async () => {
    const { forked, onHopeless } = open(2);
    for (const worker of forked) worker.ready();
    await pass(10_000);
    forked[0]?.end("SIGKILL");
    await pass(0);
    expect(forked).toHaveLength(3);
    expect(forked[1]?.signals).toEqual([]);
    expect(onHopeless).not.toHaveBeenCalled();
  });

  test("one that dies at its start is tried at ever longer intervals, and with no other at work all is given up at the fifth time", async () => {
    const { forked, last, onHopeless } = open(1);
    const waited: number[] = [];
    for (let n = 1; n < 5; n++) {
      last().end(1);
      waited.push(await untilForked(forked, n + 1));
    }
    expect(waited).toEqual([500, 1_000, 2_000, 4_000]);
    expect(onHopeless).not.toHaveBeenCalled();
    last().end(1);
    expect(onHopeless).toHaveBeenCalledTimes(1);
    expect(onHopeless.mock.calls[0]?.[0]).toBeInstanceOf(CannotStart);
    expect(onHopeless.mock.calls[0]?.[0].message).toBe(
      "The server's processes end again and again (5 times in a row): see what they said.",
    );
    await pass(60_000);
    expect(forked, "nobody is started any more").toHaveLength(5);
  });

  test("to be ready for a moment is not to run well: who dies right after it counts", async () => {
    const { forked, last, onHopeless } = open(1);
    for (let n = 1; n <= 5; n++) {
      await untilForked(forked, n);
      last().ready();
      await pass(500);
      last().end(1);
    }
    expect(onHopeless).toHaveBeenCalledTimes(1);
  });

  test("an exit in order counts like any other: a program that ends by itself is not started in a circle", async () => {
    const { forked, last, onHopeless } = open(1);
    for (let n = 1; n <= 5; n++) {
      await untilForked(forked, n);
      last().end(0);
    }
    expect(onHopeless).toHaveBeenCalledTimes(1);
  });

  test("while another one runs well, one that cannot start is tried for ever, at most every half minute", async () => {
    const { forked, last, onHopeless } = open(2);
    for (const worker of forked) worker.ready();
    await pass(10_000);
    forked[0]?.end(1);
    await untilForked(forked, 3);
    for (let n = 3; n < 12; n++) {
      last().emit("message", { cannotStart: "Postgres is away." });
      last().end(1);
      expect(await untilForked(forked, n + 1)).toBeLessThanOrEqual(30_000);
    }
    expect(onHopeless).not.toHaveBeenCalled();
    expect(forked[1]?.signals).toEqual([]);
  });

  test("what the owner can mend is said at once and once, whoever meets it", () => {
    const { forked, onHopeless } = open(2);
    for (const worker of forked) worker.emit("message", { cannotStart: "PORT: 3000 is in use." });
    for (const worker of forked) worker.end(1);
    expect(onHopeless).toHaveBeenCalledTimes(1);
    expect(onHopeless.mock.calls[0]?.[0].message).toBe("PORT: 3000 is in use.");
  });

  test("one that hangs is killed after half a minute; one that is only busy is not", async () => {
    const { forked } = open(2);
    for (const worker of forked) worker.ready();
    const [hanging, busy] = forked as [Puppet, Puppet];
    hanging.answers = false;
    busy.answers = false;
    await pass(25_000);
    busy.answers = true;
    await pass(10_000);
    expect(hanging.signals).toEqual(["SIGKILL"]);
    expect(busy.signals).toEqual([]);
  });

  test("leave together, in order, and nobody is started again meanwhile", async () => {
    const { workers, forked } = open(3);
    for (const worker of forked) worker.ready();
    forked[2]?.end(1); // its successor is due in half a second
    const stopped = workers.stop();
    expect(forked.map(({ signals }) => signals)).toEqual([["SIGTERM"], ["SIGTERM"], []]);
    forked[0]?.end(0);
    forked[1]?.end("SIGTERM"); // in the middle of its start
    expect(await stopped).toBe(true);
    await pass(60_000);
    expect(forked).toHaveLength(3);
  });

  test("one that does not leave in time is killed, and that is told", async () => {
    const { workers, forked } = open(2);
    for (const worker of forked) worker.ready();
    const stopped = workers.stop();
    forked[0]?.end(0);
    await pass(8_499);
    expect(forked[1]?.signals).toEqual(["SIGTERM"]);
    await pass(1);
    expect(forked[1]?.signals).toEqual(["SIGTERM", "SIGKILL"]);
    expect(forked[0]?.signals).toEqual(["SIGTERM"]);
    forked[1]?.end("SIGKILL");
    expect(await stopped).toBe(false);
  });
});
