import { expect, test } from "vitest";
import { cursorOf } from "#shared/feed.ts";
import type { Member, MemberPage } from "#shared/rooms.ts";
import { liveCount, liveMembers, sectionsOfMembers } from "./member-list.ts";

const member = (id: string, version: number, given: Partial<Member> = {}): Member => ({
  roomId: "kitchen",
  person: { id, username: id, name: id },
  role: "member",
  joinedAt: "2026-11-20T10:00:00.000Z",
  leftAt: null,
  version,
  ...given,
});
const page = (version: number, next: string | null, ...members: Member[]): MemberPage => ({
  members,
  total: members.length + (next ? 10 : 0),
  next,
  cursor: cursorOf("0123456789ab", version),
});
const changed = (...members: Member[]) => new Map(members.map((one) => [one.person.id, one]));
const ids = (members: Member[]) => members.map((one) => one.person.id);
const LEFT = { leftAt: "2026-11-20T11:00:00.000Z" };

test("whoever left since the page was read is gone, whoever came is there", () => {
  const pages = [page(5, null, member("ana", 1), member("ben", 2))];
  const now = changed(member("ben", 6, LEFT), member("cleo", 7));
  expect(ids(liveMembers(pages, now))).toEqual(["ana", "cleo"]);
  expect(liveCount(pages, now)).toBe(2);
});

test("what the feed said before the page was read changes nothing", () => {
  const pages = [page(9, null, member("ana", 1), member("ben", 8))];
  const now = changed(member("ben", 3, LEFT), member("robin", 4));
  expect(ids(liveMembers(pages, now))).toEqual(["ana", "ben"]);
});

test("with pages still to come the count is the server's, less those who left", () => {
  const pages = [page(5, "more", member("ana", 1))];
  expect(liveCount(pages, changed(member("dana", 6, LEFT)))).toBe(10);
});

test("owners come first, then moderators, then members, each by the name of today", () => {
  const members = [member("zoe", 1), member("ana", 2), member("ben", 3, { role: "owner" })];
  const sections = sectionsOfMembers(members, (one) => (one.person.id === "zoe" ? "Abby" : one.person.name));
  expect(sections.map(({ role, members: [first] }) => [role, first?.person.id])).toEqual([
    ["owner", "ben"],
    ["member", "zoe"],
  ]);
});
