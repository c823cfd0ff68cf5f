import { describe, expect, test, vi } from "vitest";
import { endSession, openSession } from "#server/auth/sessions.ts";
import { RawSocket } from "#test/raw-socket.ts";
import { RudeSocket } from "#test/rude-socket.ts";
import { OUR_ORIGIN } from "#test/stage.ts";
import { eventually, inAWorld, type Somebody } from "#test/world.ts";

/** R9 for sessions: whoever is signed out hears nothing that was committed after, on every node, within a second. */
const world = inAWorld();

async function scene() {
  const [ana, robin] = [await world().person("ana"), await world().person("robin")];
  const roomId = await world().room(ana, robin);
  const node = await world().node();
  const stage = await world().serve(node);
  return { ana, robin, roomId, node, stage };
}

/** A bare socket that follows the room: nothing on it comes back by itself. */
async function listening(
  { stage, node }: Pick<Awaited<ReturnType<typeof scene>>, "stage" | "node">,
  person: Somebody,
  roomId: string,
) {
  const raw = await RawSocket.open(stage, person);
  const before = node.hub.seats;
  raw.ask(1, "subscription", "room.feed", { roomId });
  await eventually(
    () => node.hub.seats,
    (seats) => seats === before + 1,
  );
  return raw;
}

const revoke = (person: Somebody) =>
  world().pool.query("update session set revoked_at = clock_timestamp() where id = $1", [person.sessionId]);

describe("a session that ends", () => {
  test.each([
    ["is signed out elsewhere", revoke],
    [
      "belongs to somebody who is deactivated",
      (who: Somebody) => world().pool.query('update "user" set deactivated_at = now() where id = $1', [who.id]),
    ],
  ])(
    "closes its sockets with 4401 at once, long before a sweep, when it %s, on both nodes; ana's stay",
    async (_, end) => {
      const one = await scene();
      const second = await world().node();
      const two = { node: second, stage: await world().serve(second) };
      const robins = [await listening(one, one.robin, one.roomId), await listening(two, one.robin, one.roomId)];
      const ana = await listening(two, one.ana, one.roomId);
      await end(one.robin);
      await world().write(one.ana, one.roomId, "after");
      for (const raw of robins) {
        await eventually(() => raw.closed, Boolean);
        expect(raw.closed).toEqual({ code: 4401, reason: "Your session has ended." });
        expect(raw.bodies(1)).toEqual([]);
      }
      await eventually(
        () => ana.bodies(1),
        (bodies) => bodies.includes("after"),
      );
      expect(ana.closed).toBeNull();
      expect(
        await (await fetch(`${one.stage.http}/trpc/room.list`, { headers: { cookie: one.robin.cookie } })).json(),
      ).toMatchObject({
        error: { data: { reason: "UNAUTHORIZED" } },
      });
    },
  );

  test("by signing out on one device leaves the other device signed in", async () => {
    const { ana, robin, roomId, ...on } = await scene();
    const laptop = { ...robin, ...(await world().session(robin.id)) };
    const [atPhone, atLaptop] = [await listening(on, robin, roomId), await listening(on, laptop, roomId)];
    await revoke(robin);
    await world().write(ana, roomId, "after");
    await eventually(() => atPhone.closed, Boolean);
    await eventually(
      () => atLaptop.bodies(1),
      (bodies) => bodies.includes("after"),
    );
    expect(atPhone.bodies(1)).toEqual([]);
  });

  test("hears nothing that was committed after, also when no bell tells of its end: the read itself sees it", async () => {
    const { ana, robin, roomId, ...on } = await scene();
    const [robins, anas] = [await listening(on, robin, roomId), await listening(on, ana, roomId)];
    await world().write(ana, roomId, "before");
    await eventually(
      () => robins.bodies(1),
      (bodies) => bodies.includes("before"),
    );
    await world().silently("update session set revoked_at = clock_timestamp() where id = $1", [robin.sessionId]);
    await world().write(ana, roomId, "after");
    await eventually(
      () => anas.bodies(1),
      (bodies) => bodies.includes("after"),
    );
    await eventually(() => robins.closed, Boolean);
    expect(robins.bodies(1)).toEqual(["before"]);
  });

  test("gets no fresh page on its old socket, also when no bell tells of its end", async () => {
    const { ana, robin, roomId, ...on } = await scene();
    const [robins, anas] = [await listening(on, robin, roomId), await listening(on, ana, roomId)];
    const other = await world().room(ana, robin);
    await world().silently("update session set revoked_at = clock_timestamp() where id = $1", [robin.sessionId]);
    await world().write(ana, other, "after");
    for (const raw of [robins, anas]) raw.ask(2, "subscription", "room.feed", { roomId: other });
    await eventually(
      () => anas.bodies(2),
      (bodies) => bodies.includes("after"),
    );
    await eventually(() => robins.closed ?? robins.of(2).find(({ error }) => error), Boolean);
    expect(robins.bodies(2)).toEqual([]);
  });

  test("that expired, or whose person was deactivated with triggers off, is closed by the sweep", async () => {
    const { ana, robin, roomId, ...on } = await scene();
    const cleo = await world().person("cleo");
    await world().join(cleo, roomId);
    const [anas, robins, cleos] = [
      await listening(on, ana, roomId),
      await listening(on, robin, roomId),
      await listening(on, cleo, roomId),
    ];
    await world().pool.query("update session set expires_at = now() - interval '1 second' where id = $1", [
      robin.sessionId,
    ]);
    await world().silently('update "user" set deactivated_at = now() where id = $1', [cleo.id]);
    await on.node.sockets.sweep();
    await eventually(
      () => [robins.closed?.code, cleos.closed?.code],
      (codes) => codes.every((code) => code === 4401),
      1_000,
    );
    expect(anas.closed).toBeNull();
  });
});

describe("a socket whose session ended", () => {
  test("can say nothing more, even if it ignores that it is being closed", async () => {
    const { robin, roomId, node, stage } = await scene();
    const rude = await RudeSocket.open(stage.port, robin);
    rude.send(roomId, "while signed in");
    await eventually(
      () => world().ledger(roomId),
      ({ bodies }) => bodies.length === 1,
    );
    await revoke(robin);
    await eventually(() => rude.isToldToClose(), Boolean);
    const stands = vi.spyOn(node, "stands");
    rude.send(roomId, "while being closed");
    await eventually(
      () => stands.mock.settledResults.length,
      (answers) => answers > 0,
    );
    await node.sends.drained();
    expect((await world().ledger(roomId)).bodies).toEqual(["while signed in"]);
    rude.destroy();
  });

  test("is closed too when it ended between the handshake's look at the row and the open socket", async () => {
    const { ana, robin, node, stage } = await scene();
    const original = world().pool.query.bind(world().pool) as (...args: unknown[]) => Promise<unknown>;
    const heard = vi.spyOn(node.sockets, "revoke");
    vi.spyOn(world().pool, "query").mockImplementation((async (...args: unknown[]) => {
      const answer = await original(...args);
      if ((args[0] as { name?: string }).name !== "viewers-by-token") return answer;
      // The row was read and stood. Now it ends, and the bell rings before the socket is there to hear it.
      if (node.sockets.count > 0) await endSessionOf(original, robin);
      if (node.sockets.count > 0)
        await eventually(
          () => heard.mock.calls.flatMap(([ids]) => [...ids]),
          (ids) => ids.includes(robin.sessionId),
        );
      return answer;
    }) as never);
    const anas = await RawSocket.open(stage, ana);
    const robins = await RawSocket.open(stage, robin);
    await eventually(() => robins.closed, Boolean);
    expect(robins.closed?.code).toBe(4401);
    expect(anas.closed).toBeNull();
  });

  test("is refused at the handshake; and signing out by the token ends exactly that one", async () => {
    const { ana, robin, stage } = await scene();
    const token = await openSession(ana.id, { userAgent: "", address: "" });
    await endSession(token);
    await revoke(robin);
    const refused = await new Promise<number | undefined>((resolve) => {
      const raw = stage.raw({ cookie: robin.cookie, origin: OUR_ORIGIN });
      raw.on("error", () => {});
      raw.on("unexpected-response", (_, response) => resolve(response.statusCode));
    });
    expect(refused).toBe(401);
    expect((await RawSocket.open(stage, ana)).closed).toBeNull();
  });
});

async function endSessionOf(query: (...args: unknown[]) => Promise<unknown>, person: Somebody): Promise<void> {
  await query("update session set revoked_at = clock_timestamp() where id = $1", [person.sessionId]);
}
