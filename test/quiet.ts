import { format } from "node:util";
import { afterEach, expect } from "vitest";

/**
 * Vitest's setup file: a console.error or console.warn that no test expects fails that test. React, for one, reports
 * real mistakes only there. A test that wants one says so: `vi.spyOn(console, "error").mockImplementation(() => {})`.
 */
const noise: string[] = [];

for (const level of ["error", "warn"] as const) {
  const original = console[level].bind(console);
  console[level] = (...args: unknown[]) => {
    noise.push(format(...args));
    original(...args);
  };
}

afterEach(() => {
  expect(noise.splice(0), "nothing is written to console.error or console.warn").toEqual([]);
});
