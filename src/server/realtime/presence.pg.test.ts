import { describe, expect, test } from "vitest";
import { newId } from "#shared/ids.ts";
import { followMe } from "#test/me.ts";
import { eventually, inAWorld, type Somebody } from "#test/world.ts";

/** Who is here: several devices and nodes make one state, a reload does not blink, a dead node takes its people along. */
const world = inAWorld();

async function scene() {
  const [ana, ben, dana] = [await world().person("ana"), await world().person("ben"), await world().person("dana")];
  const roomId = await world().room(ana, ben);
  const nodes = [await world().node(), await world().node()] as const;
  const stages = [await world().serve(nodes[0]), await world().serve(nodes[1])] as const;
  const [watcher, stranger] = [followMe(stages[0].client(ana)), followMe(stages[0].client(dana))];
  await eventually(
    () => [watcher.isWelcome(), stranger.isWelcome()],
    (welcome) => welcome.every(Boolean),
  );
  const sees = (who: Somebody, state: string, withinMs?: number) =>
    eventually(
      () => watcher.presenceOf(who),
      (seen) => seen === state,
      withinMs,
    );
  return { ana, ben, dana, roomId, nodes, stages, watcher, stranger, sees };
}

const lastSeen = async (who: Somebody) =>
  (await world().pool.query('select last_seen_at from "user" where id = $1', [who.id])).rows[0].last_seen_at as Date;

describe("somebody with a device", () => {
  test("is online at once, on another node too, and offline a few seconds after the last one went; a stranger hears nothing", async () => {
    const { ben, stages, watcher, stranger, sees } = await scene();
    expect(watcher.presenceOf(ben)).toBe("offline");
    const phone = stages[1].client(ben);
    const bens = followMe(phone);
    await sees(ben, "online");
    await eventually(bens.isWelcome, Boolean);
    const closedAt = Date.now();
    await phone.ws.close();
    await sees(ben, "offline");
    // A clock of the same machine, but not of the same process.
    expect((await lastSeen(ben)).getTime()).toBeGreaterThan(closedAt - 1_000);
    expect(watcher.state.presence.get(ben.id)?.lastSeenAt).toBe((await lastSeen(ben)).toISOString());
    expect(stranger.state.presence.has(ben.id)).toBe(false);
  });

  test("does not blink when a page is loaded again", async () => {
    const { ben, stages, watcher, sees } = await scene();
    const before = stages[1].client(ben);
    followMe(before);
    await sees(ben, "online");
    await before.ws.close();
    const after = stages[1].client(ben);
    await eventually(followMe(after).isWelcome, Boolean);
    // Somebody who went for good at the same moment is told as gone: by then ben would have been, too.
    const cleo = await world().person("cleo");
    await world().join(cleo, [...watcher.state.rooms.keys()][0] ?? "");
    const cleos = stages[1].client(cleo);
    followMe(cleos);
    await sees(cleo, "online");
    await cleos.ws.close();
    await sees(cleo, "offline");
    const told = watcher.events.flatMap((event) =>
      event.type === "presence" ? event.presence.filter(({ userId }) => userId === ben.id) : [],
    );
    expect(new Set(told.map(({ state }) => state))).toEqual(new Set(["online"]));
  });

  test("is away when all devices are, on whatever nodes, and online when one is not", async () => {
    const { ben, stages, sees } = await scene();
    const [phone, laptop] = [stages[0].client(ben), stages[1].client({ ...ben, ...(await world().session(ben.id)) })];
    for (const device of [phone, laptop]) followMe(device);
    await sees(ben, "online");
    await phone.api.me.setAway.mutate({ isAway: true });
    await laptop.api.me.setAway.mutate({ isAway: true });
    await sees(ben, "away");
    await phone.api.me.setAway.mutate({ isAway: false });
    await sees(ben, "online");
    await phone.ws.close();
    await sees(ben, "away");
    await laptop.ws.close();
    await sees(ben, "offline");
  });

  test("over HTTP is no device: it neither comes nor goes away", async () => {
    const { ben, stages, watcher } = await scene();
    await stages[0].http1(ben).me.setAway.mutate({ isAway: true });
    const cleo = await world().person("cleo");
    await world().join(cleo, [...watcher.state.rooms.keys()][0] ?? "");
    followMe(stages[0].client(cleo));
    await eventually(
      () => watcher.presenceOf(cleo),
      (state) => state === "online",
    );
    expect(watcher.presenceOf(ben)).toBe("offline");
  });

  test("who is deactivated is gone, and their profile says so", async () => {
    const { ben, stages, watcher, sees } = await scene();
    followMe(stages[1].client(ben));
    await sees(ben, "online");
    await world().pool.query('update "user" set deactivated_at = now() where id = $1', [ben.id]);
    await eventually(
      () => watcher.state.people.get(ben.id)?.isDeactivated,
      (isDeactivated) => isDeactivated === true,
    );
    await sees(ben, "offline");
  });
});

describe("a node", () => {
  test("that stops in order takes its people offline at once, and leaves no timer and no row", async () => {
    const { ben, nodes, stages, sees } = await scene();
    followMe(stages[1].client(ben));
    await sees(ben, "online");
    await nodes[1].stop();
    // A lease that lapses takes nine seconds.
    await sees(ben, "offline", 6_000);
    const { rows } = await world().pool.query("select id from node where id = $1", [nodes[1].id]);
    expect(rows).toEqual([]);
  });

  test("that is killed says nothing more: within 15 seconds its people are offline everywhere", async () => {
    const { ben, sees } = await scene();
    // What a node does in its life, and then nothing: the process is gone.
    const dead = newId();
    await world().pool.query("select node_renew($1, '9 s')", [dead]);
    await world().pool.query("select presence_report($1, $2, array['online'])", [dead, [ben.id]]);
    await sees(ben, "online");
    const killedAt = Date.now();
    await sees(ben, "offline", 15_000);
    expect(Date.now() - killedAt).toBeLessThan(15_000);
    expect(await lastSeen(ben)).toBeInstanceOf(Date);
  }, 30_000);

  test("whose lease was ended though it lives tells of everybody again", async () => {
    const { ana, ben, nodes, stages, sees } = await scene();
    followMe(stages[1].client(ben));
    await sees(ben, "online");
    await world().pool.query("delete from node where id = any($1)", [nodes.map(({ id }) => id)]);
    await sees(ben, "offline");
    await sees(ben, "online");
    await sees(ana, "online");
  });
});
