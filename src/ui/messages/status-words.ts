import { WRONG_ADDRESS } from "#ui/trpc/address.ts";
import type { LinkState, Trouble } from "#ui/trpc/link-state.ts";
import type { Pause } from "./outbox.ts";

const BY_STATE: Record<LinkState, string> = {
  live: "",
  offline: "You're offline. Messages wait here and go out in order.",
  connecting: "Reconnecting. Messages wait here and go out in order.",
  "catching-up": "Catching up.",
  polling: "Live updates are slow right now: checking once a second.",
};

const BY_TROUBLE: Record<Trouble, string> = {
  database: "The server can't reach its database. Messages wait here and go out in order.",
  address: WRONG_ADDRESS,
  sockets: "Live updates are unavailable. Messages still go out.",
};

export type Situation = { state: LinkState; trouble: Trouble | null; pause: Pause; pauseSeconds: number };

/** What happens to your words now. The first thing that holds them up is the one to tell; "" when nothing does. */
export function statusWords({ state, trouble, pause, pauseSeconds }: Situation): string {
  if (state === "offline") return BY_STATE.offline;
  if (trouble === "database" || trouble === "address") return BY_TROUBLE[trouble];
  if (state === "connecting" && !trouble) return BY_STATE.connecting;
  if (pauseSeconds > 0) {
    const why = pause.isBusy ? "The server is busy." : "You're sending quickly.";
    return `${why} Next one in ${pauseSeconds}\u00a0s.`;
  }
  return trouble ? BY_TROUBLE[trouble] : BY_STATE[state];
}
