import type { Verdict } from "../load/flights.ts";

/** Whether what was sent in the durable and latency runs came, and came once: in words, ours first. */
export function verdictOf(verdicts: Map<string, Verdict>): string {
  if (verdicts.size === 0) return "Nothing was sent in this run.";
  return [...verdicts]
    .sort(([a], [b]) => Number(b === "ours") - Number(a === "ours"))
    .map(([peer, { sends, deliveries, missing, twice }]) => {
      const outcome = missing + twice === 0 ? "none missing, none twice" : `**${missing} missing, ${twice} twice**`;
      return `- \`${peer}\`: ${count(sends)} sends, ${count(deliveries)} deliveries to the members of their rooms, ${outcome}.`;
    })
    .join("\n");
}

const count = (number: number) => number.toLocaleString("en-GB");
