import { namesCalled } from "#server/api/mentions.ts";
import { deleteMessage, editMessage, pin, react } from "#server/domain/message-changes.ts";
import type { Send } from "#server/realtime/send-queue.ts";
import { newId } from "#shared/ids.ts";
import type { SentMessage } from "#shared/messages.ts";
import type { MemberRole } from "#shared/rooms.ts";
import type { Somebody, World } from "./world.ts";

/** The whole cast around one channel: ana owns it, ben moderates it, cleo is in it, dana never was, robin was removed. */
export async function conversation(world: World) {
  const names = ["ana", "ben", "cleo", "dana", "robin"] as const;
  const [ana, ben, cleo, dana, robin] = (await Promise.all(names.map((name) => world.person(name)))) as [
    Somebody,
    Somebody,
    Somebody,
    Somebody,
    Somebody,
  ];
  const roomId = await world.room(ana, ben, cleo, robin);
  await appoint(world, roomId, ana, "owner");
  await appoint(world, roomId, ben, "moderator");
  await world.remove(robin, roomId);
  const node = await world.node();
  const say = (author: { id: string }, body: string, more: Partial<Send> = {}): Promise<SentMessage> =>
    node.sends.send({
      roomId,
      authorId: author.id,
      clientId: newId(),
      body,
      mentions: namesCalled(body),
      ...more,
    });
  const sql = (text: string, ...values: unknown[]) => world.pool.query(text, values);
  return { ana, ben, cleo, dana, robin, roomId, node, say, sql };
}

export type Conversation = Awaited<ReturnType<typeof conversation>>;

export async function appoint(world: World, roomId: string, person: { id: string }, role: MemberRole): Promise<void> {
  await world.pool.query("update member set role = $3 where room_id = $1 and user_id = $2", [roomId, person.id, role]);
}

/** What somebody can do to messages, as the procedures do it. */
export function as(person: { id: string }) {
  const doer = { userId: person.id };
  return {
    doer,
    edit: (messageId: string, body: string, maxLength = 4_000) =>
      editMessage(doer, { messageId, body, mentions: namesCalled(body), maxLength }),
    remove: (messageId: string) => deleteMessage(doer, messageId),
    react: (messageId: string, emoji: string, isOn = true) => react(doer, { messageId, emoji, isOn }),
    pin: (messageId: string, isOn = true) => pin(doer, { messageId, isOn }),
  };
}

/** "ok", or the code of the refusal. */
export const codeOf = (call: Promise<unknown>): Promise<string> =>
  call.then(
    () => "ok",
    (error) => error.code as string,
  );

/**
 * Writes down every number that a row takes, from here on, whoever takes it: what the tables show at the end has holes,
 * for a row keeps only its last one. Answers how to read them, per room, in the order in which they were taken.
 */
export async function noteNumbers(world: World): Promise<(roomId: string) => Promise<number[]>> {
  const onChange = (table: string, column: string) => `
    create function note_${table}() returns trigger language plpgsql as $$
    begin insert into taken (room_id, version) values (new.${table === "room" ? "id" : "room_id"}, new.${column}); return null; end $$;
    create trigger note_update after update on ${table} for each row
      when (old.${column} <> new.${column}) execute function note_${table}();
    create trigger note_insert after insert on ${table} for each row execute function note_${table}();`;
  await world.pool.query(
    `create table taken (room_id uuid, version bigint, n bigserial);
     ${onChange("message", "version")} ${onChange("member", "version")} ${onChange("room", "settings_version")}`,
  );
  return async (roomId) => {
    const { rows } = await world.pool.query<{ version: number }>(
      "select version from taken where room_id = $1 order by version, n",
      [roomId],
    );
    return rows.map(({ version }) => version);
  };
}
