import { describe, expect, test, vi } from "vitest";
import { newId } from "#shared/ids.ts";
import { applied, follow, say } from "#test/follow.ts";
import { followActivity } from "#test/me.ts";
import { RawSocket } from "#test/raw-socket.ts";
import { OUR_ORIGIN } from "#test/stage.ts";
import { eventually, inAWorld } from "#test/world.ts";

/** One account that asks for more than anybody needs: it is held back and told so, and the others do not notice. Counted, not timed. */
const world = inAWorld();

async function scene(opts = {}) {
  const [ana, ben, cleo] = [await world().person("ana"), await world().person("ben"), await world().person("cleo")];
  const roomId = await world().room(ana, ben, cleo);
  const node = await world().node(opts);
  const stage = await world().serve(node);
  const of = { ben: stage.client(ben), cleo: stage.client(cleo) };
  const seen = follow(of.cleo, roomId);
  await eventually(
    () => node.hub.seats,
    (seats) => seats === 1,
  );
  const flooder = await RawSocket.open(stage, ana);
  /** So many calls in one frame after the other, as fast as the socket takes them. */
  const pour = (
    count: number,
    call: (n: number) => [method: "mutation" | "query" | "subscription", path: string, input: unknown],
  ) => {
    for (let at = 0; at < count; at += 100) {
      const calls = Array.from({ length: Math.min(100, count - at) }, (_, i) => {
        const [method, path, input] = call(at + i);
        return { id: at + i, method, params: { path, input } };
      });
      flooder.socket.send(JSON.stringify(calls));
    }
  };
  /** What each call was answered, by its id; not whether a feed began. */
  const reasons = () => {
    const found = new Map<number, string>();
    for (const frame of flooder.frames) {
      if (frame === "PING") continue;
      for (const message of [JSON.parse(frame)].flat())
        if (message.error) found.set(message.id, message.error.data.reason);
        else if (message.result?.type === "data" || message.result?.type === undefined) found.set(message.id, "ok");
    }
    return found;
  };
  return { ana, ben, roomId, node, stage, of, seen, flooder, pour, reasons };
}

const count = (reasons: Map<number, string>, reason: string) =>
  [...reasons.values()].filter((one) => one === reason).length;
/** What may wait for a connection at a time: everybody behind it waits as well, in the order of asking. */
const A_FEW = 30;

/** Notes how many wait for a connection whenever somebody asks for one. */
function watchTheLine(): { longest: number } {
  const pool = world().pool;
  const line = { longest: 0 };
  const query = pool.query.bind(pool) as (...args: unknown[]) => Promise<unknown>;
  vi.spyOn(pool, "query").mockImplementation(((...args: unknown[]) => {
    line.longest = Math.max(line.longest, pool.waitingCount);
    return query(...args);
  }) as never);
  return line;
}

describe("a flood from one account", () => {
  test("of messages: as many as were promised go out, the rest hears how long to wait, ben's go out between them", async () => {
    const { roomId, node, of, seen, pour, reasons, flooder } = await scene({ messagesPerMinute: 20 });
    const startedAt = performance.now();
    pour(3_000, (n) => ["mutation", "message.send", { roomId, clientId: newId(), body: `flood ${n}` }]);
    await eventually(() => flooder.frames.length, Boolean);
    for (let n = 0; n < 10; n++) await say(of.ben, roomId, `ben ${n}`);
    const answers = await eventually(reasons, (found) => found.size === 3_000);
    const sent = count(answers, "ok");
    // One more every three seconds, however long the machine takes for all of it.
    const comeBack = Math.ceil((performance.now() - startedAt) / 3_000);
    expect(sent).toBeGreaterThanOrEqual(20);
    expect(sent).toBeLessThanOrEqual(20 + comeBack);
    expect(sent + count(answers, "TOO_MANY_REQUESTS") + count(answers, "TOO_BUSY")).toBe(3_000);
    for (const message of flooder.frames.flatMap((frame) => (frame === "PING" ? [] : [JSON.parse(frame)].flat())))
      if (message.error) expect(message.error.data.retryAfterMs).toBeGreaterThan(0);
    const { bodies, seqs, version } = await world().ledger(roomId);
    expect(bodies.filter((body) => body.startsWith("ben"))).toEqual(Array.from({ length: 10 }, (_, n) => `ben ${n}`));
    expect(bodies).toHaveLength(sent + 10);
    await eventually(seen.bodies, (heard) => heard.length === bodies.length);
    expect(seen.bodies()).toEqual(bodies);
    expect(version - (seqs[0] ?? 0)).toBe(bodies.length - 1);
    expect(node.sockets.count).toBe(3);
  });

  test("of messages, without a limit: ben's do not wait for all of them, and everything that was answered is there", async () => {
    const { roomId, of, seen, pour, reasons } = await scene();
    pour(2_000, (n) => ["mutation", "message.send", { roomId, clientId: newId(), body: `flood ${n}` }]);
    for (let n = 0; n < 5; n++) await say(of.ben, roomId, `ben ${n}`);
    const answers = await eventually(reasons, (found) => found.size === 2_000);
    const { bodies } = await world().ledger(roomId);
    expect(bodies.filter((body) => body.startsWith("ben"))).toEqual(["ben 0", "ben 1", "ben 2", "ben 3", "ben 4"]);
    expect(bodies).toHaveLength(5 + count(answers, "ok"));
    expect(count(answers, "ok") + count(answers, "TOO_BUSY")).toBe(2_000);
    await eventually(seen.bodies, (heard) => heard.length === bodies.length);
    expect(seen.bodies()).toEqual(bodies);
  });

  test("of queries: ben's words overtake it, nothing waits without a bound, and the node hears on", async () => {
    const { roomId, node, of, seen, pour, reasons, flooder } = await scene();
    const POURED = 4_000;
    const line = watchTheLine();
    pour(POURED, () => ["query", "message.page", { roomId }]);
    await eventually(() => flooder.frames.length, Boolean);
    for (let n = 0; n < 5; n++) {
      await say(of.ben, roomId, `ben ${n}`);
      await of.cleo.api.message.page.query({ roomId });
    }
    const answers = await eventually(reasons, (found) => found.size === POURED);
    expect(line.longest).toBeLessThan(A_FEW);
    expect(count(answers, "ok") + count(answers, "TOO_MANY_REQUESTS")).toBe(POURED);
    expect(count(answers, "ok")).toBeGreaterThan(0);
    expect(count(answers, "TOO_MANY_REQUESTS"), "most of it was refused, and at once").toBeGreaterThan(POURED / 2);
    await eventually(seen.bodies, (heard) => heard.length === 5);
    expect([node.listener.state, applied(seen.batches).gaps]).toEqual(["live", 0]);
    flooder.ask(9_999, "query", "message.page", { roomId });
    expect((await flooder.answer(9_999)).result, "and when it is over she may go on").toBeTruthy();
  });

  test("of subscriptions: a socket holds a hundred, the rest is refused, and others are seated meanwhile", async () => {
    const { roomId, node, stage, of, ben, pour, reasons, flooder, seen } = await scene();
    pour(3_000, () => ["subscription", "room.feed", { roomId }]);
    await eventually(() => flooder.frames.length, Boolean);
    const bens = follow(stage.client(ben), roomId);
    await say(of.ben, roomId, "through a flood");
    await eventually(bens.bodies, (heard) => heard.includes("through a flood"));
    await eventually(seen.bodies, (heard) => heard.includes("through a flood"));
    await eventually(
      () => count(reasons(), "TOO_MANY_REQUESTS"),
      (refused) => refused === 2_900,
    );
    await eventually(
      () => node.hub.seats,
      (seats) => seats === 102,
    );
    flooder.socket.terminate();
    await eventually(
      () => node.hub.seats,
      (seats) => seats === 2,
    );
  });

  test("of sockets: twenty are taken, the others are told 429, and ben comes in", async () => {
    const { ana, ben, stage, node, flooder } = await scene();
    const statuses = await Promise.all(
      Array.from(
        { length: 40 },
        () =>
          new Promise<number>((resolve) => {
            const socket = stage.raw({ cookie: ana.cookie, origin: OUR_ORIGIN });
            socket.on("unexpected-response", (_request, response) => resolve(response.statusCode ?? 0));
            socket.on("open", () => resolve(101));
            socket.on("error", () => {});
          }),
      ),
    );
    expect(statuses.filter((status) => status === 101).length, "and the one that is open").toBe(19);
    expect(statuses.filter((status) => status === 429)).toHaveLength(21);
    const another = await RawSocket.open(stage, ben);
    expect(node.sockets.count).toBe(23);
    for (const { socket } of [another, flooder]) socket.terminate();
  });

  test("of typing: she is heard as often as one hand types, the bells stay few, and ben is heard between", async () => {
    const { roomId, node, of, pour, reasons, seen } = await scene();
    const fading = followActivity(of.cleo, roomId);
    await eventually(
      () => fading.snapshots.length,
      (count) => count > 0,
    );
    const notify = vi.spyOn(world().pool, "query");
    const threads = Array.from({ length: 50 }, () => newId());
    pour(3_000, (n) => ["mutation", "room.typing", { roomId, threadRoot: threads[n % 50] }]);
    await of.ben.api.room.typing.mutate({ roomId });
    await say(of.ben, roomId, "through a flood");
    const answers = await eventually(reasons, (found) => found.size === 3_000);
    await eventually(
      () => fading.typing,
      (typing) => typing.some(({ threadRoot }) => threadRoot === null),
    );
    const told = notify.mock.calls.filter(([query]) => (query as { name?: string }).name === "typing").length;
    expect(told, "bells for three thousand calls").toBeLessThan(30);
    expect(count(answers, "ok") + count(answers, "TOO_MANY_REQUESTS")).toBe(3_000);
    // Five places at once, each at most once a second.
    expect(fading.typing.filter(({ threadRoot }) => threadRoot !== null).length).toBeLessThan(50);
    await eventually(seen.bodies, (heard) => heard.includes("through a flood"));
    expect(node.listener.state).toBe("live");
  });
});
