import { describe, expect, test } from "vitest";
import type { Actor } from "#shared/can.ts";
import type { Message } from "#shared/messages.ts";
import type { MyRoom } from "#shared/rooms.ts";
import { actsOn } from "./message-acts.ts";

const room = { id: "r", kind: "channel", visibility: "public", isLobby: false, archivedAt: null } as MyRoom;
const member: Actor = { serverRole: "member", roomRole: "member" };
const message = { kind: "text", author: { id: "ben" }, threadRoot: null, thread: null, deletedAt: null } as Message;
const offered = (more: Partial<Message> = {}, viewer = "ana", actor = member, where: Partial<MyRoom> = {}) =>
  actsOn({ ...message, ...more }, viewer, { ...room, ...where }, actor);

describe("what ana is offered for a message", () => {
  test("she may edit and delete her own, and nobody else's", () => {
    expect(offered({}, "ben").has("edit")).toBe(true);
    expect(offered({}, "ben").has("delete")).toBe(true);
    expect(offered().has("edit")).toBe(false);
    expect(offered().has("delete")).toBe(false);
  });

  test("a moderator may delete what others wrote, and not rewrite it", () => {
    const moderator: Actor = { serverRole: "member", roomRole: "moderator" };
    expect(offered({}, "ana", moderator).has("delete")).toBe(true);
    expect(offered({}, "ana", moderator).has("edit")).toBe(false);
  });

  test("in an archived room only what changes nothing there", () => {
    const acts = offered({}, "ben", member, { archivedAt: "2026-11-20T10:00:00.000Z" });
    expect([...acts].sort()).toEqual(["copy-link", "copy-text", "info", "mark-unread", "save"]);
  });

  test("of a deleted message its link, its place, and its thread if there is one", () => {
    const deletedAt = "2026-11-20T10:00:00.000Z";
    expect([...offered({ deletedAt })].sort()).toEqual(["copy-link", "mark-unread"]);
    const thread = { count: 1, lastAt: deletedAt, people: [] };
    expect(offered({ deletedAt, thread }).has("thread")).toBe(true);
  });

  test("a reply has no thread of its own, and nothing is done to what the room says", () => {
    expect(offered({ threadRoot: "m0" }).has("thread")).toBe(false);
    expect(offered({ kind: "system" }).size).toBe(0);
  });
});
