import { byKey, type Check, type Evidence, type Taken, type Violation } from "../evidence.ts";
import { isBatch, isPage } from "./asks.ts";

/** I7: nobody is given anything of a room beyond the number of their removal, and a session that ended nothing of after its end. */
export const checkWalls: Check = (evidence) => [...strangers(evidence), ...ended(evidence), ...shown(evidence)];

const violation = (message: string, about: Violation["about"]): Violation => ({ invariant: "I7", message, about });

/** Whether somebody who stood in these places was in at a number; and, if not, whether they were taken in again by then. */
function mayKnow(stays: Taken[], version: number, at: number): boolean {
  if (stays.findLast((one) => one.version <= version)?.isOut === false) return true;
  // A node that has not heard of the return yet serves what it has: to somebody who is back.
  return stays.some((one) => one.version > version && !one.isOut && one.at <= at);
}

function strangers({ journal, ledger, devices }: Evidence): Violation[] {
  const people = new Map(devices.map(({ device, userId }) => [device, userId]));
  const members = ledger.taken.filter(({ type }) => type === "member").sort((a, b) => a.version - b.version);
  const stays = byKey(members, ({ roomId, rowId }) => `${roomId} ${rowId}`);
  return journal.flatMap((entry) => {
    if (!isBatch(entry) && !isPage(entry)) return [];
    const { device, roomId, at } = entry;
    const number = isBatch(entry) ? entry.to : entry.version;
    if (mayKnow(stays.get(`${roomId} ${people.get(device)}`) ?? [], number, at)) return [];
    return [
      violation(`${device} was given a room up to the number ${number}, at which they were not in it`, {
        device,
        roomId,
      }),
    ];
  });
}

/** What took its number after a session's end was committed can be in no snapshot that still had the session. */
function ended({ journal, ledger }: Evidence): Violation[] {
  const ends = new Map(ledger.revoked.flatMap(({ session, by }) => (by === null ? [] : [[session, by] as const])));
  const takenAt = new Map(ledger.taken.map(({ roomId, version, at }) => [`${roomId} ${version}`, at]));
  const sessions = new Map<string, string>();
  return journal.flatMap((entry) => {
    if (entry.type === "began") sessions.set(entry.device, entry.session);
    if (!isBatch(entry)) return [];
    const by = ends.get(sessions.get(entry.device) ?? "") ?? Number.POSITIVE_INFINITY;
    const late = entry.rows.find(({ version }) => (takenAt.get(`${entry.roomId} ${version}`) ?? 0) > by);
    const about = { device: entry.device, roomId: entry.roomId };
    return late
      ? [violation(`${entry.device} was given the number ${late.version}, taken after their session had ended`, about)]
      : [];
  });
}

/** And at the end no device shows a room that is not theirs. */
function shown({ devices, ledger }: Evidence): Violation[] {
  const members = new Set(ledger.members.filter(({ isIn }) => isIn).map(({ roomId, userId }) => `${roomId} ${userId}`));
  return devices.flatMap(({ device, userId, rooms }) =>
    Object.keys(rooms).flatMap((roomId) =>
      members.has(`${roomId} ${userId}`)
        ? []
        : [violation(`${device} still shows a room that they are not in`, { device, roomId })],
    ),
  );
}
