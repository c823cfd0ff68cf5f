import { describe, expect, test } from "vitest";
import type { Message, MessageKind } from "#shared/messages.ts";
import { timelineRows } from "./timeline-rows.ts";

let seq = 0;
function said(author: string, time: string, kind: MessageKind = "text"): Message {
  seq++;
  const person = { id: author, username: author, name: author };
  return {
    id: `m${seq}`,
    roomId: "lobby",
    seq,
    version: seq,
    clientId: `c${seq}`,
    kind,
    body: "x",
    author: person,
    createdAt: `2026-10-16T${time}:00.000Z`,
    editedAt: null,
    deletedAt: null,
    ...{ replyTo: null, threadRoot: null, pinned: null, reactions: [], thread: null },
  };
}
const shape = (messages: Message[], zone = "UTC", hasOlder = false, readUntil: number | null = null) => {
  const known = new Map(messages.map((message) => [message.id, message]));
  return timelineRows(messages, { zone, hasOlder, known, readUntil, viewerId: "ana" }).map((row) => {
    if (row.kind === "message") return row.isHead ? `${row.message.author.name}:` : "…";
    return row.kind === "day" ? row.day : "new";
  });
};

describe("the list of messages", () => {
  test("names an author once for what they say within five minutes", () => {
    expect(shape([said("ana", "10:00"), said("ana", "10:04"), said("ana", "10:08"), said("ana", "10:13")])).toEqual([
      "2026-10-16",
      "ana:",
      "…",
      "…",
      "ana:",
    ]);
  });

  test("names the author again after somebody else spoke, or something happened", () => {
    expect(
      shape([
        said("ana", "10:00"),
        said("ben", "10:01"),
        said("ana", "10:02"),
        said("cleo", "10:02", "system"),
        said("ana", "10:03"),
      ]),
    ).toEqual(["2026-10-16", "ana:", "ben:", "ana:", "…", "ana:"]);
  });

  test("does not name a day whose beginning is not loaded", () => {
    expect(shape([said("ana", "21:59"), said("ana", "22:01")], "Europe/Paris", true)).toEqual([
      "ana:",
      "2026-10-17",
      "ana:",
    ]);
  });

  test("begins a new day at the viewer's midnight, with the name again", () => {
    expect(shape([said("ana", "21:59"), said("ana", "22:01")], "Europe/Paris")).toEqual([
      "2026-10-16",
      "ana:",
      "2026-10-17",
      "ana:",
    ]);
  });

  test("draws the line before the first message of somebody else that ana has not read, and names its author again", () => {
    const rows = [said("ben", "10:00"), said("ana", "10:01"), said("ben", "10:02"), said("ben", "10:03")];
    expect(shape(rows, "UTC", false, rows[0]?.seq)).toEqual(["2026-10-16", "ben:", "ana:", "new", "ben:", "…"]);
    expect(shape(rows, "UTC", false, rows[3]?.seq), "all read").toEqual(["2026-10-16", "ben:", "ana:", "ben:", "…"]);
  });

  test("gives a message what it quotes, when that is known", () => {
    const [asked, answer, lost] = [said("ben", "10:00"), said("ana", "10:01"), said("ana", "10:02")];
    const messages = [asked, { ...answer, replyTo: asked.id }, { ...lost, replyTo: "elsewhere" }];
    const known = new Map(messages.map((message) => [message.id, message]));
    const rows = timelineRows(messages, { zone: "UTC", hasOlder: true, known, readUntil: null, viewerId: "ana" });
    expect(rows.map((row) => (row.kind === "message" ? row.quoted?.id : row.kind))).toEqual([
      undefined,
      asked.id,
      undefined,
    ]);
  });
});
