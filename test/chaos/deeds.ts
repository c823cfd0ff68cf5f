import type { Message } from "#shared/messages.ts";
import { visibleMessages } from "#ui/rooms/room-state.ts";
import type { Device } from "./device.ts";
import type { Intent, Verb } from "./plan.ts";

const EMOJI = ["👍", "🎉", "❤️"];

/** What one intent comes to: the picks point at whatever the device shows now. */
type Doing = { device: Device; picks: Intent["picks"]; roomId: string };

const one = <T>(all: readonly T[], pick: number): T | undefined => all[pick % Math.max(1, all.length)];

/** Tries it. What there is nothing to do it to is let be; what is refused or lost stands in the journal. */
export async function tryIt(device: Device, { verb, picks }: Intent): Promise<void> {
  // Whoever is at the sign-in page can do nothing.
  if (device.tab.isClosed) return;
  const roomId = one(device.tab.rooms.getOpened().toSorted(), picks[0]) ?? "";
  await DEEDS[verb]({ device, picks, roomId });
}

const shown = ({ device, roomId }: Doing): Message[] => {
  const state = device.tab.rooms.getState(roomId);
  return state ? visibleMessages(state).filter(({ kind }) => kind === "text") : [];
};
const isMine = (device: Device) => (message: Message) => message.author.id === device.person.id;
/** One of the newest, so that people meet at the same messages. */
const recent = (doing: Doing, where: (message: Message) => boolean = () => true) =>
  one(shown(doing).filter(where).slice(-8), doing.picks[1]);
const isAlive = ({ deletedAt }: Message) => deletedAt === null;

function write({ device, roomId }: Doing, words: string, place = { replyTo: null, threadRoot: null } as Place) {
  if (device.tab.isClosed || !device.tab.rooms.getState(roomId)) return undefined;
  return device.write(roomId, words, place);
}
type Place = { replyTo: string | null; threadRoot: string | null };

/** Something done to a message, by its id. */
type Call = "edit" | "delete" | "react" | "unreact" | "pin" | "unpin";
async function change(doing: Doing, verb: Call, message: Message | undefined, body?: string): Promise<void> {
  if (!message) return;
  const { tab } = doing.device;
  const messageId = message.id;
  const emoji = one(EMOJI, doing.picks[2]) ?? "";
  const asked = {
    verb,
    roomId: doing.roomId,
    messageId,
    ...(body && { body }),
    ...(verb.endsWith("react") && { emoji }),
  };
  const isOn = !verb.startsWith("un");
  await tab.does(asked, (opts) => {
    if (verb === "edit") return tab.api.message.edit.mutate({ messageId, body: body ?? "" }, opts);
    if (verb === "delete") return tab.api.message.delete.mutate({ messageId }, opts);
    if (verb.endsWith("react")) return tab.api.message.react.mutate({ messageId, emoji, isOn }, opts);
    return tab.api.message.pin.mutate({ messageId, isOn }, opts);
  });
}

const DEEDS: Record<Verb, (doing: Doing) => Promise<unknown> | unknown> = {
  send: (doing) => write(doing, "hello"),
  call: (doing) => write(doing, `@${one(doing.device.people, doing.picks[1])?.username}, look`),
  quote(doing) {
    const quoted = recent(doing);
    return quoted && write(doing, "about that", { replyTo: quoted.id, threadRoot: null });
  },
  async reply(doing) {
    const root = recent(doing);
    if (!root) return;
    await doing.device.tab.open.openThread(doing.roomId, root.id).catch(() => {});
    write(doing, "to that", { replyTo: null, threadRoot: root.id });
  },
  /** What was sent before, again: as a device does that had no answer. */
  async repeat({ device, picks }) {
    const entry = one(device.sent.slice(-20), picks[1]);
    if (entry) await device.tab.send(entry, "repeat").catch(() => {});
  },
  /** Two tabs that send the same entry at once. */
  async twins(doing) {
    const entry = write(doing, "twice");
    if (entry) await doing.device.tab.send(entry, "twin").catch(() => {});
  },
  /** Another message under a name that is taken. */
  async otherWords({ device, picks }) {
    const entry = one(device.sent.slice(-20), picks[1]);
    if (entry) await device.tab.send({ ...entry, body: `${entry.body}, or not` }, "otherWords").catch(() => {});
  },
  edit: (doing) => change(doing, "edit", recent(doing, isMine(doing.device)), doing.device.words("better")),
  /** Also what is somebody else's, which mostly is refused. */
  delete: (doing) =>
    change(
      doing,
      "delete",
      recent(doing, (message) => isAlive(message) && (doing.picks[2] % 4 === 0 || isMine(doing.device)(message))),
    ),
  react: (doing) => change(doing, "react", recent(doing, isAlive)),
  unreact: (doing) =>
    change(
      doing,
      "unreact",
      recent(doing, ({ reactions }) => reactions.some(({ userIds }) => userIds.includes(doing.device.person.id))),
    ),
  pin: (doing) => change(doing, "pin", recent(doing, isAlive)),
  unpin: (doing) =>
    change(
      doing,
      "unpin",
      recent(doing, ({ pinned }) => pinned !== null),
    ),
  async read(doing) {
    const { device, roomId } = doing;
    const seq = one(shown(doing).slice(-5), doing.picks[1])?.seq;
    if (seq)
      await device.tab.does({ verb: "read", roomId, seq }, (opts) =>
        device.tab.api.me.read.mutate({ roomId, seq }, opts),
      );
  },
  async readThread({ device, picks, roomId }) {
    const thread = one(device.tab.me.getState().threads, picks[1]);
    const seq = thread && Math.max(0, ...repliesOf(device, thread.roomId, thread.rootId));
    if (!thread || !seq) return;
    const { rootId } = thread;
    await device.tab.does({ verb: "readThread", roomId, messageId: rootId }, (opts) =>
      device.tab.api.thread.read.mutate({ rootId, seq }, opts),
    );
  },
  older: ({ device, roomId }) => device.tab.open.readOlder(roomId).catch(() => {}),
  async join({ device, picks }) {
    const mine = device.tab.me.getState().rooms;
    const roomId = one(
      device.allRooms.filter((id) => !mine.has(id)),
      picks[0],
    );
    if (roomId)
      await device.tab.does({ verb: "join", roomId }, (opts) => device.tab.api.room.join.mutate({ roomId }, opts));
  },
  async leave({ device, roomId }) {
    if (roomId)
      await device.tab.does({ verb: "leave", roomId }, (opts) => device.tab.api.room.leave.mutate({ roomId }, opts));
  },
  remove: (doing) => membership(doing, "remove"),
  add: (doing) => membership(doing, "add"),
  retry({ device, picks }) {
    const failed = one(
      device.tab.outbox.getEntries().filter(({ state }) => state === "failed"),
      picks[1],
    );
    if (failed) device.tab.outbox.retry(failed.clientId);
  },
};

function repliesOf(device: Device, roomId: string, rootId: string): number[] {
  const rows = device.tab.rooms.getState(roomId)?.messages.values() ?? [];
  return [...rows].filter(({ threadRoot }) => threadRoot === rootId).map(({ seq }) => seq);
}

/** Whoever owns a room does it there; the others try it where they are, and mostly are refused. */
async function membership({ device, picks, roomId: fallback }: Doing, verb: "remove" | "add"): Promise<void> {
  const owned = [...device.tab.me.getState().rooms.values()].filter(
    ({ role, isLobby }) => role === "owner" && !isLobby,
  );
  const roomId = one(owned, picks[0])?.id ?? fallback;
  const userId =
    one(
      device.people.filter(({ id }) => id !== device.person.id),
      picks[1],
    )?.id ?? "";
  if (!roomId) return;
  await device.tab.does({ verb, roomId, userId }, (opts) =>
    verb === "remove"
      ? device.tab.api.member.remove.mutate({ roomId, userId }, opts)
      : device.tab.api.member.add.mutate({ roomId, userIds: [userId] }, opts),
  );
}
