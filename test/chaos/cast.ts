import { newId } from "#shared/ids.ts";
import type { Person } from "./device.ts";
import { connected, NOTE_NUMBERS } from "./ledger.ts";

/** Eight devices of five people; the first three have two each: ana and ben both on one node (until one moves), cleo one on each. */
const CAST = ["ana", "ben", "cleo", "dana", "robin"] as const;
/** Somebody who has left the company: what she once said is the history above everybody's first page. */
const FORMER = "eva";
const HISTORY = 70;
export const OWNERS = [0, 1, 2, 3, 4, 1, 0, 2];

/** Beside the lobby a public channel of ana's, a private one of ana's without dana, a public one of ben's. */
const ROOMS = [
  { title: "kitchen", visibility: "public", members: CAST },
  { title: "studio", visibility: "private", members: ["ana", "ben", "cleo", "robin"] },
  { title: "garden", visibility: "public", members: ["ben", "cleo", "dana"] },
] as const;

const REMEMBER = `insert into message (room_id, author_id, body) select $1::uuid, $2, 'long ago in ' || $1::uuid || ', ' || n from generate_series(1, $3::int) n`;

/** Writes people, rooms and a history into an empty database, and then whatever is planted. */
export function populate(url: string, sql = ""): Promise<{ people: Person[]; rooms: string[] }> {
  return connected(url, async (client) => {
    await client.query(NOTE_NUMBERS);
    const everybody = [...CAST, FORMER].map((username) => ({ id: newId(), username }));
    for (const { id, username } of everybody)
      await client.query(`insert into "user" (id, username, display_name) values ($1, $2, $3)`, [
        id,
        username,
        username,
      ]);
    const people = everybody.slice(0, CAST.length);
    const remember = (roomId: string) => client.query(REMEMBER, [roomId, everybody.at(-1)?.id, HISTORY]);
    const rooms: string[] = [];
    for (const { title, visibility, members } of ROOMS) {
      const roomId = newId();
      rooms.push(roomId);
      await client.query("insert into room (id, title, visibility) values ($1, $2, $3)", [roomId, title, visibility]);
      await remember(roomId);
      for (const [place, name] of members.entries())
        await client.query("insert into member (room_id, user_id, role) values ($1, $2, $3)", [
          roomId,
          people.find(({ username }) => username === name)?.id,
          place === 0 ? "owner" : "member",
        ]);
    }
    // The migrations make the lobby, where all are and stay.
    const { rows: found } = await client.query<{ id: string }>("select id from room where is_lobby");
    const lobby = found[0]?.id ?? "";
    rooms.push(lobby);
    await remember(lobby);
    await client.query("insert into member (room_id, user_id) select $1, unnest($2::uuid[])", [
      lobby,
      people.map(({ id }) => id),
    ]);
    if (sql) await client.query(sql);
    return { people, rooms };
  });
}
