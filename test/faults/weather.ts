/** What a link does to the bytes on it. What was held is carried on when the weather allows it, as TCP's repeats would. */
export type Weather =
  | { kind: "ok" }
  /** Each chunk takes this long, and up to `jitterMs` more; never out of order. */
  | { kind: "lag"; ms: number; jitterMs?: number }
  /** Each direction of each connection; who sends more than that has to wait. */
  | { kind: "throttle"; bytesPerSecond: number }
  /** A pulled cable: nothing passes, nobody is told, new connections are taken and left alone. */
  | { kind: "blackHole" }
  /** Requests arrive, answers do not. */
  | { kind: "halfOpen" }
  /** New connections are reset; those that are open live on. */
  | { kind: "refuse" };

export type Direction = "up" | "down";

/** Whether bytes in this direction stay where they are for now. */
export function holds({ kind }: Weather, direction: Direction): boolean {
  return kind === "blackHole" || (kind === "halfOpen" && direction === "down");
}
