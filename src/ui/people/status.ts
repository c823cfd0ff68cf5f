import type { Profile } from "#shared/people.ts";

export type Status = NonNullable<Profile["status"]>;

/** What one may choose for how long a status stands. */
export const STATUS_SPANS = ["30m", "1h", "4h", "today", "week", "never"] as const;
export type StatusSpan = (typeof STATUS_SPANS)[number];

export const SPAN_WORDS: Record<StatusSpan, string> = {
  "30m": "For 30 minutes",
  "1h": "For an hour",
  "4h": "For 4 hours",
  today: "Today",
  week: "This week",
  never: "Until I clear it",
};

const MINUTE_MS = 60_000;

/** When a status chosen now ends, where the viewer is: days and weeks (Monday first) end at their midnight. Null for never. */
export function endOf(span: StatusSpan, now: Date): Date | null {
  if (span === "never") return null;
  if (span === "30m") return new Date(now.getTime() + 30 * MINUTE_MS);
  if (span === "1h") return new Date(now.getTime() + 60 * MINUTE_MS);
  if (span === "4h") return new Date(now.getTime() + 240 * MINUTE_MS);
  const daysLeft = span === "today" ? 1 : 7 - ((now.getDay() + 6) % 7);
  return new Date(now.getFullYear(), now.getMonth(), now.getDate() + daysLeft);
}

/** A status past its end is over, whether or not the server has cleared it. */
export function isOver(status: Status, nowMs: number): boolean {
  return status.until !== null && Date.parse(status.until) <= nowMs;
}

/** "🥐 At the bakery" */
export function statusWords({ emoji, text }: Status): string {
  return [emoji, text].filter(Boolean).join(" ");
}
