import type { Evidence } from "../evidence.ts";
import type { Asked, Entry, Outcome, SentRow } from "../journal.ts";

/** What somebody asked, with its answer: "unknown" also for what was never answered. */
export type Ask = Asked & {
  device: string;
  doerId: string;
  at: number;
  answeredAt: number;
  outcome: Outcome;
  reason: string | null;
  row: SentRow | null;
};

/** Every question with its answer, in the order in which they were asked. */
export function asksIn({ journal, devices }: Evidence): Ask[] {
  const people = new Map(devices.map(({ device, userId }) => [device, userId]));
  const asks = new Map<number, Ask>();
  for (const entry of journal) {
    if (entry.type === "asked") {
      const { type: _, op, ...asked } = entry;
      const open = { answeredAt: Number.POSITIVE_INFINITY, outcome: "unknown", reason: null, row: null } as const;
      asks.set(op, { ...asked, doerId: people.get(entry.device) ?? "", ...open });
    } else if (entry.type === "answered") {
      const ask = asks.get(entry.op);
      if (ask)
        Object.assign(ask, { answeredAt: entry.at, outcome: entry.outcome, reason: entry.reason, row: entry.row });
    }
  }
  return [...asks.values()];
}

export type Batch = Extract<Entry, { type: "batch" }>;
export type Page = Extract<Entry, { type: "page" }>;

export const isBatch = (entry: Entry): entry is Batch => entry.type === "batch";
export const isPage = (entry: Entry): entry is Page => entry.type === "page";
export const quoted = (body: string) => `"${body.length > 40 ? `${body.slice(0, 40)}…` : body}"`;
