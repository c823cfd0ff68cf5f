import { expect, test } from "vitest";
import { newId } from "#shared/ids.ts";
import { BrowseRoomsInput } from "#shared/rooms.ts";
import { inAWorld, type Somebody } from "#test/world.ts";
import { browseRooms, channelsNamed, publicChannel } from "./room-browser.ts";

/** The browser of rooms: what there is to join, and what is archived. */
const world = inAWorld();

const browse = (who: Somebody, asked: object = {}) => browseRooms(who.id, BrowseRoomsInput.parse(asked));
const titles = async (who: Somebody, asked: object = {}) =>
  (await browse(who, asked)).rooms.map(({ room }) => room.title);

async function make(title: string, set = "", ...members: Somebody[]): Promise<string> {
  const roomId = await world().room(...members);
  await world().pool.query(`update room set title = $2 ${set ? `, ${set}` : ""} where id = $1`, [roomId, title]);
  return roomId;
}

test("dana finds public channels by a part of their title or topic, in any case, with who is in and whether she is", async () => {
  const [ana, dana, robin] = [await world().person("ana"), await world().person("dana"), await world().person("robin")];
  const mark = newId().slice(-8);
  const kitchen = await make(`${mark}-kitchen`, "topic = 'Soup 50%_off'", ana, robin);
  await world().remove(robin, kitchen);
  await make(`${mark}-attic`, "", ana, dana);
  expect(await browse(dana, { query: mark.toUpperCase() })).toMatchObject({
    rooms: [
      { room: { title: `${mark}-attic` }, memberCount: 2, isMember: true },
      { room: { title: `${mark}-kitchen` }, memberCount: 1, isMember: false },
    ],
    hasMore: false,
  });
  expect(await titles(dana, { query: "#kitchen" })).toContain(`${mark}-kitchen`);
  for (const query of ["SOUP", "50%_O"]) expect(await titles(dana, { query })).toEqual([`${mark}-kitchen`]);
  for (const query of ["5%_o", "S__p", "%%", "\\"]) expect(await titles(dana, { query })).toEqual([]);
});

test("private channels, groups and direct rooms are in nobody's, ana's own no more than dana's", async () => {
  const [ana, dana] = [await world().person("ana"), await world().person("dana")];
  const query = newId().slice(-8);
  await make(`${query}-private`, "visibility = 'private'", ana);
  await make(`${query}-group`, "kind = 'group'", ana);
  const archived = await make(`${query}-old`, "archived_at = now()", ana);
  await make(`${query}-public`, "", ana);
  for (const who of [ana, dana]) expect(await titles(who, { query })).toEqual([`${query}-public`]);
  await world().pool.query("update room set archived_at = null where id = $1", [archived]);
  expect(await titles(dana, { query })).toEqual([`${query}-old`, `${query}-public`]);
});

test("archived rooms are the public ones for everybody, and one's own for those who are in them", async () => {
  const [ana, dana, robin] = [await world().person("ana"), await world().person("dana"), await world().person("robin")];
  const query = newId().slice(-8);
  const secret = await make(`${query}-secret`, "visibility = 'private', archived_at = now()", ana, robin);
  await world().remove(robin, secret);
  await make(`${query}-open`, "archived_at = now()", ana);
  await make(`${query}-live`, "", ana, dana, robin);
  expect(await titles(ana, { query, isArchived: true })).toEqual([`${query}-open`, `${query}-secret`]);
  for (const who of [dana, robin]) expect(await titles(who, { query, isArchived: true })).toEqual([`${query}-open`]);
});

test("comes fifty at a time, by title, each once; of groups that share a title none is lost between pages", async () => {
  const ana = await world().person("ana");
  const query = newId().slice(-8);
  const numbers = Array.from({ length: 48 }, (_, n) => `${query}-${String(n).padStart(3, "0")}`);
  for (const title of numbers.toReversed()) await make(title, "archived_at = now()");
  for (let n = 0; n < 4; n++) await make(`${query}-Twins`, "kind = 'group', archived_at = now()", ana);
  await make(`${query}-zoo`, "archived_at = now()");
  const first = await browse(ana, { query, isArchived: true });
  const second = await browse(ana, { query, isArchived: true, after: first.rooms.at(-1)?.room.title });
  expect([first.hasMore, second.hasMore]).toEqual([true, false]);
  const all = [...first.rooms, ...second.rooms].map(({ room }) => room);
  expect(new Set(all.map(({ id }) => id)).size).toBe(all.length);
  expect(all.map(({ title }) => title).sort()).toEqual(
    [...numbers, ...Array(4).fill(`${query}-Twins`), `${query}-zoo`].sort(),
  );
  expect(await browse(ana, { query: newId() })).toEqual({ rooms: [], hasMore: false });
});

test("a public channel is shown to dana, who is not in it, with how many are; archived, too", async () => {
  const [ana, dana] = [await world().person("ana"), await world().person("dana")];
  const roomId = await make(`${newId().slice(-8)}-open`, "topic = 'Soup'", ana);
  expect(await publicChannel(dana.id, roomId)).toMatchObject({
    room: { id: roomId, topic: "Soup", archivedAt: null },
    memberCount: 1,
    isMember: false,
  });
  await world().pool.query("update room set archived_at = now() where id = $1", [roomId]);
  const shown = await publicChannel(ana.id, roomId);
  expect(shown).toMatchObject({ isMember: true });
  expect(shown.room.archivedAt).not.toBeNull();
});

test("no other room is: private, a group, a direct one or none, one and the same refusal", async () => {
  const [ana, dana] = [await world().person("ana"), await world().person("dana")];
  const secret = [
    await make(`${newId().slice(-8)}-private`, "visibility = 'private'", ana),
    await make(`${newId().slice(-8)}-group`, "kind = 'group', visibility = 'private'", ana),
    await make("", `kind = 'direct', visibility = 'private', direct_key = '${ana.id}__${ana.id}'`, ana),
    newId(),
  ];
  for (const roomId of secret)
    for (const who of [ana, dana])
      await expect(publicChannel(who.id, roomId)).rejects.toMatchObject({
        code: "NOT_FOUND",
        message: "There is no such room, or you are not in it.",
      });
});

test("a name leads to its public channel in any case, and to none that is private, archived or not there", async () => {
  const ana = await world().person("ana");
  const mark = newId().slice(-8);
  const open = await make(`${mark}-open`, `slug = '${mark}-open'`, ana);
  await make(`${mark}-private`, `slug = '${mark}-private', visibility = 'private'`, ana);
  await make(`${mark}-old`, `slug = '${mark}-old', archived_at = now()`, ana);
  const asked = ["OPEN", "private", "old", "none"].map((end) => `${mark}-${end}`);
  expect(await channelsNamed(asked)).toEqual([{ id: open, slug: `${mark}-open` }]);
});
