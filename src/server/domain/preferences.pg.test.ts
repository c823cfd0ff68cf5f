import { expect, test } from "vitest";
import { newId } from "#shared/ids.ts";
import { inAWorld } from "#test/world.ts";
import { setRoomPreference } from "./preferences.ts";
import { roomsOf } from "./rooms.ts";

/** What somebody wants of a room is theirs alone. */
const world = inAWorld();

test("ana's wishes are kept one by one, take no number of the room and are not ben's", async () => {
  const [ana, ben] = [await world().person("ana"), await world().person("ben")];
  const roomId = await world().room(ana, ben);
  const { version } = await world().ledger(roomId);
  await setRoomPreference(ana.id, { roomId, level: "nothing" });
  await setRoomPreference(ana.id, { roomId, isFavourite: true });
  await setRoomPreference(ana.id, { roomId });
  expect(await roomsOf(ana.id)).toMatchObject([{ level: "nothing", isFavourite: true }]);
  expect(await roomsOf(ben.id)).toMatchObject([{ level: "all", isFavourite: false }]);
  expect((await world().ledger(roomId)).version).toBe(version);
});

test("of a room that is not there, not hers or no longer hers dana can want nothing, and the answer is the same", async () => {
  const [ana, dana, robin] = [await world().person("ana"), await world().person("dana"), await world().person("robin")];
  const roomId = await world().room(ana, robin);
  await world().remove(robin, roomId);
  const answers = await Promise.all(
    [
      [dana, roomId],
      [robin, roomId],
      [dana, newId()],
    ].map(([who, id]) =>
      setRoomPreference((who as typeof dana).id, { roomId: id as string, level: "all" }).catch(
        ({ code, message }) => `${code} ${message}`,
      ),
    ),
  );
  expect(new Set(answers)).toEqual(new Set(["NOT_FOUND There is no such room, or you are not in it."]));
});
