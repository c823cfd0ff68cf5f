import { describe, expect, test } from "vitest";
import { type Action, type Actor, can, RULES, type Target } from "./can.ts";

/**
 * The rules as a person would write them on a wall, apart from the code that holds them to it. Who may (M: every member,
 * mod: moderators and owners, own: owners; author: whoever wrote it, and nobody else; +author: they, too; +below: over
 * members who rank below, and owners over everybody), and where (– is nowhere).
 */
const WALL = `
  action                who          channel  group  direct  lobby  archived
  room.rename           mod          yes      yes    –       yes    –
  room.topic            M            yes      yes    –       yes    –
  room.visibility       own          yes      –      –       –      –
  room.archive          own          yes      yes    –       –      –
  room.restore          own          yes      yes    –       –      yes
  room.leave            M            yes      yes    –       –      yes
  member.add            M            yes      yes    –       –      –
  member.remove         mod+below    yes      yes    –       –      –
  member.set-role       own          yes      yes    –       yes    –
  message.send          M            yes      yes    yes     yes    –
  message.edit          author       yes      yes    yes     yes    –
  message.delete        mod+author   yes      yes    yes     yes    –
  message.react         M            yes      yes    yes     yes    –
  message.pin           M            yes      yes    yes     yes    –
  message.mention-room  mod/M        yes      yes    yes     yes    –
`;

type Line = { who: string; places: Record<string, boolean> };

const [heads = [], ...lines] = WALL.trim()
  .split("\n")
  .map((line) => line.trim().split(/\s{2,}/));
const wall = new Map<string, Line>(
  lines.map(([action = "", who = "", ...cells]) => [
    action,
    { who, places: Object.fromEntries(cells.map((cell, n) => [heads[n + 2], cell === "yes"])) },
  ]),
);

/** Of somebody's two roles the stronger one speaks, but only for who is in the room, and between two only the room's. */
function standingOf(
  { serverRole, roomRole }: Actor,
  kind: Target["kind"],
): "stranger" | "member" | "moderator" | "owner" {
  if (roomRole === null) return "stranger";
  if (kind === "direct") return roomRole;
  if (roomRole === "owner" || serverRole === "admin") return "owner";
  return roomRole === "moderator" || serverRole === "moderator" ? "moderator" : "member";
}

function isAllowed(actor: Actor, action: Action, target: Target): boolean {
  const { who, places } = wall.get(action) as Line;
  const standing = standingOf(actor, target.kind);
  const isPlace = places[target.kind] && (!target.isLobby || places.lobby) && (!target.isArchived || places.archived);
  if (standing === "stranger" || !isPlace) return false;
  const leads = standing !== "member";
  switch (who) {
    case "M":
      return true;
    case "mod":
      return leads;
    case "own":
      return standing === "owner";
    case "author":
      return target.isOwn === true;
    case "mod+author":
      return leads || target.isOwn === true;
    case "mod+below":
      return (
        standing === "owner" ||
        (standing === "moderator" && [target.role, target.serverRole].every((role) => (role ?? "member") === "member"))
      );
    case "mod/M":
      // In a group and between two everybody chose one another.
      return leads || target.kind !== "channel";
    default:
      throw new Error(`Nobody knows who ${who} is.`);
  }
}

const ACTORS = (["admin", "moderator", "member"] as const).flatMap((serverRole) =>
  (["owner", "moderator", "member", null] as const).map((roomRole): Actor => ({ serverRole, roomRole })),
);

const TARGETS = (["channel", "group", "direct"] as const).flatMap((kind) =>
  (["public", "private"] as const).flatMap((visibility) =>
    [true, false].flatMap((isLobby) =>
      [true, false].flatMap((isArchived) =>
        [true, false, undefined].flatMap((isOwn) =>
          (["owner", "moderator", "member", undefined] as const).flatMap((role) =>
            (["admin", "moderator", "member", undefined] as const).map(
              (serverRole): Target => ({
                kind,
                visibility,
                isLobby,
                isArchived,
                ...(isOwn === undefined ? {} : { isOwn }),
                ...(role === undefined ? {} : { role }),
                ...(serverRole === undefined ? {} : { serverRole }),
              }),
            ),
          ),
        ),
      ),
    ),
  ),
);

test("every action has its line on the wall, and no line is left over", () => {
  expect([...wall.keys()].sort()).toEqual(Object.keys(RULES).sort());
});

describe("whoever does whatever to whatever may do exactly what the wall says", () => {
  test.each(Object.keys(RULES) as Action[])("%s", (action) => {
    const wrong = ACTORS.flatMap((actor) =>
      TARGETS.filter((target) => can(actor, action, target) !== isAllowed(actor, action, target)).map((target) => ({
        actor,
        target,
        said: can(actor, action, target),
      })),
    );
    expect(wrong).toEqual([]);
  });
});

test("dana, who is in no room with ana, may do nothing there, even as the server's admin", () => {
  const dana: Actor = { serverRole: "admin", roomRole: null };
  const did = (Object.keys(RULES) as Action[]).filter((action) => TARGETS.some((target) => can(dana, action, target)));
  expect(did).toEqual([]);
});
