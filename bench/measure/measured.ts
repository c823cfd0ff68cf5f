import type { Verdict } from "../load/flights.ts";
import type { Peer } from "../peers.ts";
import type { Plan } from "../plan.ts";
import type { Stage } from "../stage.ts";

/** What one peer did in one round of a scenario: metrics by name. */
export type Measured = Record<string, number>;
/** By column of the table, then by round. */
export type Rounds = Map<string, Measured[]>;

export type Run = {
  stage: Stage;
  plan: Plan;
  /** What was sent in durable and latency runs, and whether it came once, by peer. */
  verdicts: Map<Peer, Verdict>;
  say: (line: string) => void;
};

export function note(verdicts: Map<Peer, Verdict>, peer: Peer, found: Verdict[]): void {
  for (const { sends, deliveries, missing, twice } of found) {
    const before = verdicts.get(peer) ?? { sends: 0, deliveries: 0, missing: 0, twice: 0 };
    verdicts.set(peer, {
      sends: before.sends + sends,
      deliveries: before.deliveries + deliveries,
      missing: before.missing + missing,
      twice: before.twice + twice,
    });
  }
}

/** Every round measures every peer once, and begins with another one: what the machine does meanwhile, it does to all. */
export async function interleave<Name extends string>(
  names: readonly Name[],
  rounds: number,
  measure: (name: Name, round: number) => Promise<Measured>,
): Promise<Rounds> {
  const measured: Rounds = new Map(names.map((name) => [name, []]));
  for (let round = 0; round < rounds; round++) {
    const shift = round % names.length;
    for (const name of [...names.slice(shift), ...names.slice(0, shift)])
      measured.get(name)?.push(await measure(name, round));
  }
  return measured;
}
