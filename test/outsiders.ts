import { newId } from "#shared/ids.ts";
import { ROWS, type Scene } from "./authorisation.ts";

// What is elsewhere or nowhere (R11): both have to look the same, to strangers and to an owner in a room of their own.

/** The same scene with nothing of it there: only what is the asker's own, or everybody's, is left. */
export const nowhere = (scene: Scene): Scene => ({
  ...scene,
  roomId: newId(),
  anaId: newId(),
  benId: newId(),
  rootId: newId(),
  ownId: newId(),
  elsewhere: { userId: newId(), messageId: newId(), sessionId: newId(), roomId: newId() },
});

const MARKED: Scene = {
  roomId: "theirs",
  anaId: "theirs",
  benId: "theirs",
  rootId: "theirs",
  rootSeq: 1,
  ownId: "theirs",
  publicId: "public",
  deviceId: "mine",
  elsewhere: { userId: "theirs", messageId: "theirs", sessionId: "theirs", roomId: "theirs" },
};

/** Rows that name something which `nowhere` takes away. */
export const NAMING = ROWS.filter(({ input }) => JSON.stringify(input(MARKED))?.includes("theirs"));

type Outsider = { path: string; of: string; input: (scene: Scene) => unknown; answer: string };

/** What an owner is told, in a room of theirs, of somebody and something that is none of their business. */
export const OUTSIDERS: Outsider[] = [
  {
    path: "member.add",
    of: "somebody unknown",
    input: ({ roomId, elsewhere }) => ({ roomId, userIds: [elsewhere.userId] }),
    answer: "NOT_FOUND",
  },
  {
    path: "member.remove",
    of: "somebody unknown",
    input: ({ roomId, elsewhere }) => ({ roomId, userId: elsewhere.userId }),
    answer: "NOT_FOUND",
  },
  {
    path: "member.setRole",
    of: "somebody unknown",
    input: ({ roomId, elsewhere }) => ({ roomId, userId: elsewhere.userId, role: "owner" }),
    answer: "NOT_FOUND",
  },
  {
    path: "room.create",
    of: "with somebody unknown",
    input: ({ elsewhere }) => ({ kind: "group", roomId: newId(), title: "Us", memberIds: [elsewhere.userId] }),
    answer: "NOT_FOUND",
  },
  {
    path: "room.direct",
    of: "with somebody unknown",
    input: ({ elsewhere }) => ({ userId: elsewhere.userId }),
    answer: "NOT_FOUND",
  },
  {
    path: "person.get",
    of: "somebody unknown",
    input: ({ elsewhere }) => ({ userId: elsewhere.userId }),
    answer: "NOT_FOUND",
  },
  {
    path: "message.send",
    of: "a quote of another room's message",
    input: ({ roomId, elsewhere }) => ({ roomId, clientId: newId(), body: "hello", replyTo: elsewhere.messageId }),
    answer: "NOT_FOUND",
  },
  {
    path: "message.send",
    of: "a reply in another room's thread",
    input: ({ roomId, elsewhere }) => ({ roomId, clientId: newId(), body: "hello", threadRoot: elsewhere.messageId }),
    answer: "NOT_FOUND",
  },
  {
    path: "message.byIds",
    of: "another room's message",
    input: ({ roomId, elsewhere }) => ({ roomId, messageIds: [elsewhere.messageId] }),
    answer: "ok",
  },
  {
    path: "room.typing",
    of: "in another room's thread",
    input: ({ roomId, elsewhere }) => ({ roomId, threadRoot: elsewhere.messageId }),
    answer: "ok",
  },
];

/** The scene with only the elsewhere gone. */
export const withoutElsewhere = (scene: Scene): Scene => ({ ...scene, elsewhere: nowhere(scene).elsewhere });
