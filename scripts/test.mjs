import { checkNode, generate, install, Told } from "./prepare.mjs";
import { steps } from "./test-steps.mjs";

/**
 * `npm test`: everything that is checked, in one order, here and in CI. `npm test -- unit` runs one step by name. Sets
 * up what it needs; goes on after a failure, because the next step may fail for another reason; ends with one line.
 */
const asked = process.argv.slice(2);
const totals = { passed: 0, failed: 0, skipped: 0 };
const broken = [];

async function main() {
  const names = steps.map(({ name }) => name);
  const unknown = asked.filter((name) => !names.includes(name));
  if (unknown.length > 0) throw new Told(`There is no step ${unknown.join(", ")}. The steps are: ${names.join(", ")}.`);
  checkNode();
  await install();
  await generate();
  for (const step of steps) {
    if (asked.length === 0 || asked.includes(step.name)) await runStep(step);
  }
}

async function runStep({ name, run }) {
  console.log(`\n── ${name} ${"─".repeat(Math.max(3, 100 - name.length))}`);
  const startedAt = Date.now();
  const { passed, failed, skipped, failures } = await run().catch((error) => {
    console.error(error instanceof Told ? error.message : error);
    return { passed: 0, failed: 1, skipped: 0, failures: [] };
  });
  totals.passed += passed;
  totals.failed += failed;
  totals.skipped += skipped;
  if (failed > 0) broken.push([name, ...failures].join("\n  "));
  const seconds = ((Date.now() - startedAt) / 1000).toFixed(1);
  console.log(`── ${name}: ${failed > 0 ? "failed" : "ok"}, ${seconds} s`);
}

try {
  await main();
} catch (error) {
  console.error(error instanceof Told ? error.message : error);
  totals.failed += 1;
}
// At the very end: of a long log the end is what is looked at.
for (const failure of broken) console.log(`\nFailed: ${failure}`);
const skipped = totals.skipped > 0 ? `, ${totals.skipped} skipped` : "";
console.log(`\n${totals.passed} passed, ${totals.failed} failed${skipped}`);
process.exitCode = totals.failed > 0 || totals.passed === 0 ? 1 : 0;
