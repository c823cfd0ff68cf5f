import { spendAsSystem } from "../db/allowances.ts";
import { env } from "../env.ts";

const MINUTE_MS = 60_000;

/**
 * How much of each kind one person may do, as a share of RATE_ACTIONS_PER_MINUTE; sends have a limit of their own, in the
 * statement that writes them. A token bucket each, so that a burst of an ordinary hand never meets it.
 */
const SHARE = {
  "message.change": 1,
  "message.react": 1,
  receipt: 2,
  "room.create": 0.2,
  "room.change": 0.5,
  "person.find": 2,
  profile: 0.2,
  password: 0.05,
} as const;

export type PacedAction = keyof typeof SHARE;

/** Spends one token of somebody's allowance for an action. TOO_MANY_REQUESTS with the wait. */
export function paced(userId: string, action: PacedAction): Promise<void> {
  const burst = Math.max(1, Math.round(env().RATE_ACTIONS_PER_MINUTE * SHARE[action]));
  return spendAsSystem(`${action}:${userId}`, { burst, perMs: MINUTE_MS }, "You're doing that quickly. Wait a moment.");
}
