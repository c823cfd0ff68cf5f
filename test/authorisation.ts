import { newId } from "#shared/ids.ts";

/**
 * R11: who may do what, for every procedure that there is. Read by src/server/api/strangers.pg.test.ts, which plays every
 * row for every asker, and fails for a procedure without a row: whoever adds one says here who may call it.
 */
export const ASKERS = [
  "signed out",
  "stranger",
  "removed",
  "member",
  "moderator",
  "owner",
  "admin",
  "deactivated",
] as const;

/** `admin` is a plain member of the room and the server's admin; `stranger` and `removed` share no room with anybody there. */
export type Asker = (typeof ASKERS)[number];

/** A private channel that ana owns and ben is in, where both have spoken, as one asker finds it. */
export type Scene = {
  roomId: string;
  anaId: string;
  benId: string;
  /** Of ana, with a reply of ben in its thread. */
  rootId: string;
  rootSeq: number;
  /** Of the asker, from when they were in. */
  ownId: string;
  /** A public channel that nobody of them is in. */
  publicId: string;
  /** Another device of the asker. */
  deviceId: string;
  /** In a room of dana's, whom nobody here shares a room with. */
  elsewhere: { userId: string; messageId: string; sessionId: string; roomId: string };
};

type Answers = Record<Asker, string>;

export type Row = {
  path: string;
  /** Which use of the procedure, where there are several. */
  of?: string;
  input: (scene: Scene) => unknown;
  answers: Answers;
  /** Where a socket says something else: it does not open for those who are not signed in. */
  overSocket?: Partial<Answers>;
};

const somebody: Answers = {
  "signed out": "UNAUTHORIZED",
  stranger: "ok",
  removed: "ok",
  member: "ok",
  moderator: "ok",
  owner: "ok",
  admin: "ok",
  deactivated: "UNAUTHORIZED",
};
const inRoom: Answers = { ...somebody, stranger: "NOT_FOUND", removed: "NOT_FOUND" };
const fromModerator: Answers = { ...inRoom, member: "NOT_ALLOWED" };
const fromOwner: Answers = { ...fromModerator, moderator: "NOT_ALLOWED" };
const onlyItsAuthor: Answers = { ...fromOwner, owner: "NOT_ALLOWED", admin: "NOT_ALLOWED" };

/** Everybody who is signed in hears the same refusal, which shows that they may ask. */
const all = (code: string): Answers => ({
  ...somebody,
  ...Object.fromEntries(ASKERS.filter((asker) => somebody[asker] === "ok").map((asker) => [asker, code])),
});

/** For everybody else it is not there at all. */
const onlyAdmin: Answers = { ...all("NOT_FOUND"), admin: "ok" };

const room = ({ roomId }: Scene) => ({ roomId });
const message = ({ rootId }: Scene) => ({ messageId: rootId });
const nothing = () => undefined;

export const ROWS: Row[] = [
  {
    path: "account.signUp",
    input: () => ({ username: "somebody", password: "password" }),
    answers: { ...all("INVALID"), "signed out": "INVALID", deactivated: "INVALID" },
    overSocket: { "signed out": "UNAUTHORIZED", deactivated: "UNAUTHORIZED" },
  },
  {
    path: "account.changePassword",
    input: () => ({ current: "not this one", next: "good morning lantern" }),
    answers: all("WRONG_PASSWORD"),
  },

  { path: "device.list", input: nothing, answers: somebody },
  { path: "device.end", of: "one's own", input: ({ deviceId }) => ({ sessionId: deviceId }), answers: somebody },
  {
    path: "device.end",
    of: "somebody else's",
    input: ({ elsewhere }) => ({ sessionId: elsewhere.sessionId }),
    answers: all("NOT_FOUND"),
  },
  { path: "device.endOthers", input: nothing, answers: somebody },

  { path: "health.read", input: nothing, answers: onlyAdmin },

  { path: "me.feed", input: nothing, answers: somebody },
  // A room that is not mine is not marked, and nothing is said of it.
  { path: "me.read", input: ({ roomId, rootSeq }) => ({ roomId, seq: rootSeq }), answers: somebody },
  {
    path: "me.delivered",
    input: ({ roomId, rootSeq }) => ({ rooms: [{ roomId, seq: rootSeq }] }),
    answers: somebody,
  },
  { path: "me.markUnread", input: ({ roomId, rootSeq }) => ({ roomId, seq: rootSeq }), answers: inRoom },
  { path: "me.setRoom", input: ({ roomId }) => ({ roomId, level: "mentions" }), answers: inRoom },
  { path: "me.updateProfile", input: () => ({ name: "Somebody" }), answers: somebody },
  { path: "me.setStatus", input: () => ({ status: null }), answers: somebody },
  { path: "me.setAway", input: () => ({ isAway: true }), answers: somebody },

  { path: "member.list", input: room, answers: inRoom },
  { path: "member.add", input: ({ roomId, benId }) => ({ roomId, userIds: [benId] }), answers: inRoom },
  { path: "member.remove", input: ({ roomId, benId }) => ({ roomId, userId: benId }), answers: fromModerator },
  {
    path: "member.setRole",
    input: ({ roomId, benId }) => ({ roomId, userId: benId, role: "moderator" }),
    answers: fromOwner,
  },

  { path: "message.page", input: room, answers: inRoom },
  { path: "message.page", of: "after a message", input: ({ roomId }) => ({ roomId, after: 1 }), answers: inRoom },
  { path: "message.around", input: message, answers: inRoom },
  { path: "message.byIds", input: ({ roomId, rootId }) => ({ roomId, messageIds: [rootId] }), answers: inRoom },
  { path: "message.send", input: ({ roomId }) => ({ roomId, clientId: newId(), body: "hello" }), answers: inRoom },
  {
    path: "message.send",
    of: "a reply in a thread",
    input: ({ roomId, rootId }) => ({ roomId, clientId: newId(), body: "hello", threadRoot: rootId, replyTo: rootId }),
    answers: inRoom,
  },
  {
    path: "message.edit",
    of: "another's",
    input: ({ rootId }) => ({ messageId: rootId, body: "edited" }),
    answers: onlyItsAuthor,
  },
  {
    path: "message.edit",
    of: "one's own",
    input: ({ ownId }) => ({ messageId: ownId, body: "edited" }),
    answers: inRoom,
  },
  { path: "message.delete", of: "another's", input: message, answers: fromModerator },
  { path: "message.delete", of: "one's own", input: ({ ownId }) => ({ messageId: ownId }), answers: inRoom },
  { path: "message.react", input: ({ rootId }) => ({ messageId: rootId, emoji: "🍜", isOn: true }), answers: inRoom },
  { path: "message.pin", input: ({ rootId }) => ({ messageId: rootId, isOn: true }), answers: inRoom },
  { path: "message.pinned", input: room, answers: inRoom },
  { path: "message.edits", input: message, answers: inRoom },
  { path: "message.receipts", input: message, answers: inRoom },
  { path: "message.save", input: ({ rootId }) => ({ messageId: rootId, isOn: true }), answers: inRoom },
  { path: "message.saved", input: nothing, answers: somebody },

  { path: "person.find", input: () => ({ query: "" }), answers: somebody },
  { path: "person.find", of: "in a room", input: ({ roomId }) => ({ query: "", in: roomId }), answers: inRoom },
  { path: "person.find", of: "not in a room", input: ({ roomId }) => ({ query: "", notIn: roomId }), answers: inRoom },
  { path: "person.get", input: ({ anaId }) => ({ userId: anaId }), answers: inRoom },

  { path: "room.list", input: nothing, answers: somebody },
  { path: "room.get", input: room, answers: inRoom },
  { path: "room.browse", input: () => ({ query: "" }), answers: somebody },
  { path: "room.browse", of: "archived", input: () => ({ query: "", isArchived: true }), answers: somebody },
  // Its own owner, too, is led to it by room.get.
  { path: "room.preview", of: "a private one", input: room, answers: all("NOT_FOUND") },
  { path: "room.preview", of: "a public one", input: ({ publicId }) => ({ roomId: publicId }), answers: somebody },
  { path: "room.named", input: () => ({ slugs: ["lobby"] }), answers: somebody },
  { path: "room.create", input: () => ({ kind: "group", roomId: newId(), title: "Us" }), answers: somebody },
  {
    path: "room.create",
    of: "with ana",
    input: ({ anaId }) => ({ kind: "group", roomId: newId(), title: "Us", memberIds: [anaId] }),
    answers: inRoom,
  },
  { path: "room.direct", input: ({ anaId }) => ({ userId: anaId }), answers: inRoom },
  { path: "room.update", of: "its title", input: ({ roomId }) => ({ roomId, title: newId() }), answers: fromModerator },
  { path: "room.update", of: "its topic", input: ({ roomId }) => ({ roomId, topic: "soup" }), answers: inRoom },
  {
    path: "room.update",
    of: "who sees it",
    input: ({ roomId }) => ({ roomId, visibility: "public" }),
    answers: fromOwner,
  },
  { path: "room.archive", input: room, answers: fromOwner },
  { path: "room.restore", input: room, answers: fromOwner },
  { path: "room.join", of: "a private one", input: room, answers: inRoom },
  { path: "room.join", of: "a public one", input: ({ publicId }) => ({ roomId: publicId }), answers: somebody },
  { path: "room.leave", input: room, answers: inRoom },
  { path: "room.typing", input: room, answers: inRoom },
  {
    path: "room.typing",
    of: "in a thread",
    input: ({ roomId, rootId }) => ({ roomId, threadRoot: rootId }),
    answers: inRoom,
  },
  { path: "room.feed", input: room, answers: inRoom },
  { path: "room.activity", input: room, answers: inRoom },

  { path: "thread.page", input: ({ rootId }) => ({ rootId }), answers: inRoom },
  { path: "thread.list", input: nothing, answers: somebody },
  { path: "thread.follow", input: ({ rootId }) => ({ rootId, isOn: true }), answers: inRoom },
  { path: "thread.read", input: ({ rootId, rootSeq }) => ({ rootId, seq: rootSeq }), answers: inRoom },
];
