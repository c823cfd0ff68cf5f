import { parseCursor } from "#shared/feed.ts";
import type { Member, MemberPage, MemberRole } from "#shared/rooms.ts";

export type MemberSection = { role: MemberRole; title: string; members: Member[] };

const ROLES: { role: MemberRole; title: string }[] = [
  { role: "owner", title: "Owners" },
  { role: "moderator", title: "Moderators" },
  { role: "member", title: "Members" },
];

/** What each role is called beside a name. */
export const ROLE_WORDS: Record<MemberRole, string> = { owner: "Owner", moderator: "Moderator", member: "Member" };

const byWords = new Intl.Collator("en", { sensitivity: "base", numeric: true });

/**
 * The members as pages of the list told them, with what the room's feed said since: whoever has left goes, whoever came or
 * changed is as the feed has it.
 */
export function liveMembers(pages: readonly MemberPage[], changed: ReadonlyMap<string, Member>): Member[] {
  const members = new Map<string, Member>();
  for (const page of pages) for (const member of page.members) members.set(member.person.id, member);
  for (const [userId, member] of changed) {
    const known = members.get(userId);
    if (known ? known.version < member.version : isNewer(pages, member)) members.set(userId, member);
  }
  return [...members.values()].filter((member) => member.leftAt === null);
}

/** How many there are. Exact once all pages are here; before that what the server counted, less those who left since. */
export function liveCount(pages: readonly MemberPage[], changed: ReadonlyMap<string, Member>): number {
  const last = pages.at(-1);
  if (!last) return 0;
  if (last.next === null) return liveMembers(pages, changed).length;
  const gone = [...changed.values()].filter((member) => member.leftAt !== null && isNewer(pages, member));
  return last.total - gone.length;
}

/** By role, each by name. Sections without anybody are left out. */
export function sectionsOfMembers(members: readonly Member[], nameOf: (member: Member) => string): MemberSection[] {
  const sorted = [...members].sort((a, b) => byWords.compare(nameOf(a), nameOf(b)));
  return ROLES.map(({ role, title }) => ({
    role,
    title,
    members: sorted.filter((member) => member.role === role),
  })).filter((section) => section.members.length > 0);
}

function isNewer(pages: readonly MemberPage[], member: Member): boolean {
  return pages.every((page) => parseCursor(page.cursor).version < member.version);
}
