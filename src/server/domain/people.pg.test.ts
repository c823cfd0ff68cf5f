import { describe, expect, test } from "vitest";
import { newId } from "#shared/ids.ts";
import { FindPeople, SetStatus, UpdateProfile } from "#shared/people.ts";
import { fastestMs } from "#test/fastest.ts";
import { inAWorld, type Somebody } from "#test/world.ts";
import { findPeople, profileOf, setStatus, updateProfile } from "./people.ts";

/** Whom ana may find, and what people show of themselves. */
const world = inAWorld();

const find = async (who: Somebody, query: string, more: object = {}) =>
  (await findPeople(who.id, FindPeople.parse({ query, ...more }))).map(({ name }) => name);
const named = async (username: string, name: string) => {
  const somebody = await world().person(username);
  await world().pool.query('update "user" set display_name = $2 where id = $1', [somebody.id, name]);
  return somebody;
};

async function scene() {
  const ana = await named("ana", "Ana Ilić");
  const ben = await named("ben", "Ben Okafor");
  const cleo = await named("cleo", "Cleo Bengtsson");
  const berta = await named("x", "Berta");
  const dana = await named("dana", "Dana Ben");
  const robin = await named("robin", "Robin Ben");
  const gone = await named("gone", "Ben Gone");
  const roomId = await world().room(ana, ben, cleo, berta, robin, gone);
  await world().remove(robin, roomId);
  await world().pool.query('update "user" set deactivated_at = now() where id = $1', [gone.id]);
  return { ana, ben, cleo, berta, dana, robin, roomId };
}

describe("finding people", () => {
  test("goes by the beginning of a username or of any word of a name, in any case, usernames first", async () => {
    const { ana, ben } = await scene();
    expect(await find(ana, "be")).toEqual(["Ben Okafor", "Berta", "Cleo Bengtsson"]);
    expect(await find(ana, "BEN OK")).toEqual(["Ben Okafor"]);
    expect(await find(ana, "okafor")).toEqual(["Ben Okafor"]);
    expect(await find(ana, ben.username.toUpperCase())).toEqual(["Ben Okafor"]);
    expect(await find(ana, "ILI")).toEqual(["Ana Ilić"]);
    expect(await find(ana, "kafor")).toEqual([]);
    expect(await find(ana, "")).toEqual(["Ana Ilić", "Ben Okafor", "Berta", "Cleo Bengtsson"]);
    expect(await find(ana, "", { limit: 2 })).toEqual(["Ana Ilić", "Ben Okafor"]);
  });

  test("takes the signs of LIKE as what they are", async () => {
    const { ana } = await scene();
    for (const query of ["%", "_en", "B%", "\\", "b\\"]) expect(await find(ana, query)).toEqual([]);
    const odd = await named("odd", "100%_\\ sure");
    await world().room(ana, odd);
    for (const query of ["100%_\\ s", "100%"]) expect(await find(ana, query)).toEqual(["100%_\\ sure"]);
  });

  test("finds nobody whom one shares no room with, who left, or who is deactivated; whoever asks finds themselves", async () => {
    const { dana, robin } = await scene();
    expect(await find(dana, "")).toEqual(["Dana Ben"]);
    expect(await find(robin, "")).toEqual(["Robin Ben"]);
  });

  test("in a room finds its members, and not in it the others", async () => {
    const { ana, ben, dana, robin, roomId } = await scene();
    const small = await world().room(ana, ben, robin);
    await world().remove(robin, small);
    expect(await find(ana, "", { in: small })).toEqual(["Ana Ilić", "Ben Okafor"]);
    expect(await find(ana, "", { notIn: small })).toEqual(["Berta", "Cleo Bengtsson"]);
    expect(await find(ana, "", { in: roomId, notIn: small })).toEqual(["Berta", "Cleo Bengtsson"]);
    for (const asked of [{ in: small }, { notIn: small }, { in: newId() }])
      for (const who of [dana, robin]) await expect(find(who, "", asked)).rejects.toMatchObject({ code: "NOT_FOUND" });
  });

  test("looks at each person at most once: ten times as many cost about ten times as much, not a hundred", async () => {
    const { ana } = await scene();
    const { rows } = await world().pool.query("select id from room where is_lobby");
    await world().join(ana, rows[0].id);
    const grow = async (count: number) => {
      await world().pool.query(
        `with many as (insert into "user" (username, display_name) select 'many' || $2 || '-' || n, 'Someone ' || n from generate_series(1, $2::int) n returning id),
           numbered as (select id, row_number() over () as n from many),
           counted as (update room set version = version + $2 where id = $1 returning version - $2 as base)
         insert into member (room_id, user_id, version) select $1, id, (select version from room where id = $1) + n from numbered`,
        [rows[0].id, count],
      );
      await world().pool.query("analyze");
    };
    const queries = ["", "some", "someone 99", "nobody"];
    const cost = () => fastestMs(() => Promise.all(queries.map((query) => find(ana, query))));
    await grow(1_000);
    const few = await cost();
    await grow(9_000);
    expect((await cost()) / few).toBeLessThan(40);
  });
});

describe("a profile", () => {
  test("is shown to whoever shares a room, and to nobody else: not there and not known are the same", async () => {
    const { ana, ben, dana, robin } = await scene();
    expect(await profileOf(ana.id, ben.id)).toEqual({
      id: ben.id,
      username: ben.username,
      name: "Ben Okafor",
      role: "member",
      avatar: { hue: null, initials: null },
      status: null,
      isDeactivated: false,
      lastSeenAt: null,
    });
    expect(await profileOf(dana.id, dana.id)).toMatchObject({ name: "Dana Ben" });
    const answers = await Promise.all(
      [
        [dana, ana.id],
        [robin, ana.id],
        [ana, robin.id],
        [dana, newId()],
      ].map(([who, id]) =>
        profileOf((who as Somebody).id, id as string).catch(({ code, message }) => `${code} ${message}`),
      ),
    );
    expect(new Set(answers)).toEqual(new Set(["NOT_FOUND There is no such person."]));
  });

  test("changes by what is given and keeps the rest", async () => {
    const { ana, ben } = await scene();
    const change = (wanted: object) => updateProfile(ana.id, UpdateProfile.parse(wanted));
    await change({ name: " Ana I. ", avatar: { hue: 200, initials: "🦊A" } });
    await change({ name: "Ana" });
    expect(await profileOf(ben.id, ana.id)).toMatchObject({ name: "Ana", avatar: { hue: 200, initials: "🦊A" } });
    await change({ avatar: { hue: null, initials: null } });
    expect(await change({})).toMatchObject({ name: "Ana", avatar: { hue: null, initials: null } });
    for (const bad of [
      { name: " " },
      { name: "a\u0000b" },
      { avatar: { hue: 360, initials: null } },
      { avatar: { hue: 1, initials: "abc" } },
      { avatar: { hue: 1, initials: "\u0000a" } },
    ])
      expect(UpdateProfile.safeParse(bad).success).toBe(false);
  });
});

describe("a status", () => {
  const set = (who: Somebody, status: object | null) => setStatus(who.id, SetStatus.parse({ status }).status);

  test("is there until it is over or taken back", async () => {
    const { ana, ben } = await scene();
    const until = new Date(Date.now() + 60_000).toISOString();
    await set(ana, { emoji: "🍜", text: "lunch", until });
    expect((await profileOf(ben.id, ana.id)).status).toEqual({ emoji: "🍜", text: "lunch", until });
    await set(ana, { emoji: "", text: "here", until: null });
    expect((await profileOf(ben.id, ana.id)).status).toEqual({ emoji: "", text: "here", until: null });
    expect(await set(ana, null)).toMatchObject({ status: null });
  });

  test("that is over already clears the one before", async () => {
    const { ana } = await scene();
    await set(ana, { emoji: "", text: "here", until: null });
    const past = new Date(Date.now() - 1_000).toISOString();
    expect(await set(ana, { emoji: "", text: "lunch", until: past })).toMatchObject({ status: null });
    const { rows } = await world().pool.query('select status_text, status_until from "user" where id = $1', [ana.id]);
    expect(rows).toEqual([{ status_text: "", status_until: null }]);
  });

  test.each(["9999-12-31T23:59:59-23:00", "0000-01-01T00:00:00+23:59", "2030-06-01T12:00:00+15:59"])(
    "until %s, at the edge of what dates there are, breaks nobody's screen",
    async (until) => {
      const { ana, ben } = await scene();
      await set(ana, { emoji: "", text: "far", until });
      const { status } = await profileOf(ben.id, ana.id);
      expect(status === null || !Number.isNaN(Date.parse(status.until ?? ""))).toBe(true);
    },
  );
});
