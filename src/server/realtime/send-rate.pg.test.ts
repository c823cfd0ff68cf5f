import { describe, expect, test } from "vitest";
import { spendAsSystem, tidyAllowancesAsSystem } from "#server/db/allowances.ts";
import type { Send } from "#server/realtime/send-queue.ts";
import { newId } from "#shared/ids.ts";
import { eventually, inAWorld, type Somebody } from "#test/world.ts";

/** The rate of one person: what was promised goes, what is over it hears how long to wait, and all nodes count together. */
const world = inAWorld();

async function scene(opts = {}) {
  const [ana, ben, dana] = [await world().person("ana"), await world().person("ben"), await world().person("dana")];
  const roomId = await world().room(ana, ben);
  const node = await world().node(opts);
  const send = (author: Somebody, body: string, more: Partial<Send> = {}) =>
    node.sends.send({ roomId, authorId: author.id, clientId: newId(), body, ...more });
  return { ana, ben, dana, roomId, node, send };
}

const bodiesIn = async (roomId: string) => (await world().ledger(roomId)).bodies;
const codeOf = (sent: Promise<unknown>) =>
  sent.then(
    () => "sent",
    (error) => error.code as string,
  );

test("buckets that have long been full again are forgotten, and those in use are not", async () => {
  await world().pool.query(
    "insert into allowance (key, tat) values ('sign-in:name:once', now() - interval '2 days'), ('sign-in:name:now', now())",
  );
  await tidyAllowancesAsSystem(world().pool);
  const { rows } = await world().pool.query("select key from allowance where key like 'sign-in:name:%'");
  expect(rows).toEqual([{ key: "sign-in:name:now" }]);
});

describe("the rate of one person", () => {
  const limited = { messagesPerMinute: 5 };

  test("is what was promised: five go, the sixth hears how long to wait, ben is not affected", async () => {
    const { ana, ben, roomId, send } = await scene(limited);
    for (let i = 0; i < 5; i++) await send(ana, `${i}`);
    const refused = await send(ana, "sixth").catch((error) => error);
    expect(refused).toMatchObject({ code: "TOO_MANY_REQUESTS" });
    expect(refused.retryAfterMs).toBeGreaterThan(5_000);
    expect(refused.retryAfterMs).toBeLessThanOrEqual(12_000);
    await send(ben, "mine");
    expect(await bodiesIn(roomId)).toEqual(["0", "1", "2", "3", "4", "mine"]);
  });

  test("holds within one batch", async () => {
    const { ana, roomId, send } = await scene(limited);
    const codes = await Promise.all(Array.from({ length: 8 }, (_, i) => codeOf(send(ana, `${i}`))));
    expect(codes).toEqual([...Array(5).fill("sent"), ...Array(3).fill("TOO_MANY_REQUESTS")]);
    expect(await bodiesIn(roomId)).toEqual(["0", "1", "2", "3", "4"]);
  });

  test("is one rate on two nodes, also when both are asked at the same instant", async () => {
    const { ana, roomId, node } = await scene(limited);
    const second = await world().node(limited);
    const sends = Array.from({ length: 12 }, (_, i) =>
      (i % 2 ? node : second).sends.send({ roomId, authorId: ana.id, clientId: newId(), body: `${i}` }),
    );
    const codes = await Promise.all(sends.map(codeOf));
    expect(codes.filter((code) => code === "sent").length).toBe(5);
    expect((await bodiesIn(roomId)).length).toBe(5);
  });

  test("is not spent by what is refused, nor by a repeat", async () => {
    const { ana, roomId, send } = await scene({ ...limited, messageMaxLength: 10 });
    const clientId = newId();
    await send(ana, "0", { clientId });
    for (let i = 0; i < 10; i++) {
      await send(ana, "0", { clientId });
      expect(await codeOf(send(ana, "far too long"))).toBe("TOO_LONG");
      expect(await codeOf(send(ana, "other", { clientId }))).toBe("CONFLICT");
      expect(await codeOf(send(ana, "nowhere", { roomId: newId() }))).toBe("NOT_FOUND");
    }
    for (let i = 1; i < 5; i++) await send(ana, `${i}`);
    expect(await codeOf(send(ana, "sixth"))).toBe("TOO_MANY_REQUESTS");
    expect((await bodiesIn(roomId)).length).toBe(5);
  });

  test("comes back with time: after the wait that was told, one more goes", async () => {
    const { ana, send } = await scene(limited);
    for (let i = 0; i < 5; i++) await send(ana, `${i}`);
    const { retryAfterMs } = await send(ana, "too early").catch((error) => error);
    const passes = (ms: number) =>
      world().pool.query("update allowance set tat = tat - make_interval(secs => $1::float8 / 1000) where key = $2", [
        ms,
        `send:${ana.id}`,
      ]);
    await passes(retryAfterMs - 500);
    expect(await codeOf(send(ana, "still too early"))).toBe("TOO_MANY_REQUESTS");
    await passes(501);
    expect(await codeOf(send(ana, "in time"))).toBe("sent");
  });
});

test("a clock of Postgres that went back two hours refuses nobody for two hours: the bucket is forgotten, for sends and for the rest", async () => {
  const { ana, send } = await scene({ messagesPerMinute: 5 });
  const ahead = (key: string) =>
    world().pool.query(
      "insert into allowance (key, tat) values ($1, now() + interval '2 hours') on conflict (key) do update set tat = excluded.tat",
      [key],
    );
  await ahead(`send:${ana.id}`);
  await expect(send(ana, "now?")).rejects.toMatchObject({ code: "TOO_MANY_REQUESTS", retryAfterMs: 1_000 });
  await eventually(
    () => codeOf(send(ana, "now")),
    (code) => code === "sent",
  );
  await ahead("sign-in:name:ana");
  const spend = () => spendAsSystem("sign-in:name:ana", { burst: 2, perMs: 60_000 }, "Wait.");
  await spend();
  await spend();
  await spend();
  await expect(spend()).rejects.toMatchObject({ code: "TOO_MANY_REQUESTS" });
});
