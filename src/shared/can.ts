import type { ServerRole } from "./people.ts";
import type { MemberRole, Room } from "./rooms.ts";

/** Who asks: their role on the server, and in the room; null for somebody who is not in it. */
export type Actor = { serverRole: ServerRole; roomRole: MemberRole | null };

/** What it is done to. `role` and `serverRole` are those of the member concerned, `isOwn` whether it is oneself, or one's own message. */
export type Target = Pick<Room, "kind" | "visibility" | "isLobby"> & {
  isArchived: boolean;
  role?: MemberRole;
  serverRole?: ServerRole;
  isOwn?: boolean;
};

/** How much somebody may: their role in the room, or what their role on the server makes of it, whichever is more. */
const RANK = { member: 1, moderator: 2, owner: 3, admin: 3 } as const;

type Rule = {
  /** The least that one has to be. */
  least: MemberRole;
  /** Enough without being that: it is one's own. */
  ownIsEnough?: true;
  /** Only what is one's own. */
  ownOnly?: true;
  /** Kinds of room in which it can be done at all. */
  kinds: readonly Room["kind"][];
  /** Possible in the lobby, where everybody is and stays. */
  inLobby: boolean;
  /** Possible in an archived room. */
  inArchived?: true;
  /** The member concerned has to rank below. */
  overLower?: true;
};

const EVERYWHERE = ["channel", "group", "direct"] as const;
const SHARED = ["channel", "group"] as const;

/** Everything that takes a right, in one table. What is not here takes membership alone. */
export const RULES = {
  "room.rename": { least: "moderator", kinds: SHARED, inLobby: true },
  "room.topic": { least: "member", kinds: SHARED, inLobby: true },
  "room.visibility": { least: "owner", kinds: ["channel"], inLobby: false },
  "room.archive": { least: "owner", kinds: SHARED, inLobby: false },
  "room.restore": { least: "owner", kinds: SHARED, inLobby: false, inArchived: true },
  "room.leave": { least: "member", kinds: SHARED, inLobby: false, inArchived: true },
  "member.add": { least: "member", kinds: SHARED, inLobby: false },
  "member.remove": { least: "moderator", kinds: SHARED, inLobby: false, overLower: true },
  "member.set-role": { least: "owner", kinds: SHARED, inLobby: true },
  "message.send": { least: "member", kinds: EVERYWHERE, inLobby: true },
  "message.edit": { least: "member", ownOnly: true, kinds: EVERYWHERE, inLobby: true },
  "message.delete": { least: "moderator", ownIsEnough: true, kinds: EVERYWHERE, inLobby: true },
  "message.react": { least: "member", kinds: EVERYWHERE, inLobby: true },
  "message.pin": { least: "member", kinds: EVERYWHERE, inLobby: true },
  /** In a channel @room calls people who did not choose one another: there it takes a moderator. */
  "message.mention-room": { least: "moderator", kinds: ["channel"], inLobby: true },
} as const satisfies Record<string, Rule>;

export type Action = keyof typeof RULES;

/** What somebody counts for in a room that they are in; 0 for somebody who is not. Between two nobody is more than a member by their office. */
function rankOf({ serverRole, roomRole }: Actor, kind: Room["kind"]): number {
  if (roomRole === null) return 0;
  return kind === "direct" ? RANK[roomRole] : Math.max(RANK[roomRole], RANK[serverRole]);
}

/** Whether `actor` may do `action` to `target`. The server asks before every verb, the screen before it offers one. */
export function can(actor: Actor, action: Action, target: Target): boolean {
  const rule: Rule = RULES[action];
  const rank = rankOf(actor, target.kind);
  if (rank === 0 || (target.isArchived && !rule.inArchived)) return false;
  if (action === "message.mention-room" && target.kind !== "channel") return true;
  if (!rule.kinds.includes(target.kind) || (target.isLobby && !rule.inLobby)) return false;
  if (rule.ownOnly) return target.isOwn === true;
  if (rule.ownIsEnough && target.isOwn) return true;
  if (rank < RANK[rule.least]) return false;
  // An owner may remove another owner; a moderator only those below.
  const concerned: Actor = { serverRole: target.serverRole ?? "member", roomRole: target.role ?? "member" };
  return !rule.overLower || rank === RANK.owner || rankOf(concerned, target.kind) < rank;
}
