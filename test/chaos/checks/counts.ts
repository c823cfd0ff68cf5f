import type { Check, Counts, Violation } from "../evidence.ts";

/** I5: what every device shows as unread, in rooms and threads, is what a recount says; and its list of rooms is the one that stands. */
export const checkCounts: Check = ({ devices, ledger }) =>
  devices.flatMap(({ device, userId, counts, threads }) => {
    const truth = ledger.counts[userId] ?? { rooms: {}, threads: {} };
    const tell = (message: string, about: Violation["about"]): Violation => ({
      invariant: "I5",
      message: `${device} ${message}`,
      about: { device, ...about },
    });
    return [
      ...different(counts, truth.rooms, inWords).map(({ key, one, other }) =>
        tell(`shows ${one ?? "no such room"} in a room; a recount says ${other ?? "that it is not theirs"}`, {
          roomId: key,
        }),
      ),
      ...different(threads, truth.threads, String).map(({ key, one, other }) =>
        tell(`shows ${one ?? 0} unread replies in a thread; a recount says ${other ?? 0}`, { messageId: key }),
      ),
    ];
  });

const inWords = ({ unread, mentions, lastReadSeq, lastSeq }: Counts) =>
  `${unread} unread, ${mentions} mentions, read up to ${lastReadSeq} of ${lastSeq}`;

function different<T>(shown: Record<string, T>, truth: Record<string, T>, words: (value: T) => string) {
  return [...new Set([...Object.keys(shown), ...Object.keys(truth)])].flatMap((key) => {
    const [one, other] = [shown[key], truth[key]].map((value) => (value === undefined ? undefined : words(value)));
    return one === other ? [] : [{ key, one, other }];
  });
}
