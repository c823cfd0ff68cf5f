import { defineConfig, devices } from "@playwright/test";
import { systemChromium } from "./scripts/browser.mjs";

/** Each worker has its own server and its own Postgres (e2e/fixtures.ts), so a test may kill them. */
const executablePath = process.env.EARSHOT_CHROMIUM ?? systemChromium();
// Keeps Chromium from calling its makers while we look: updates, safe browsing, sync.
const args = [
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

export default defineConfig({
  testDir: "e2e",
  outputDir: "test-results",
  // A test that passes at the second try is a test, or a product, that is broken now and then.
  retries: 0,
  workers: 2,
  timeout: 60_000,
  expect: { timeout: 10_000 },
  forbidOnly: Boolean(process.env.CI),
  reporter: [["list"]],
  use: {
    ...devices["Desktop Chrome"],
    trace: "retain-on-failure",
    launchOptions: executablePath ? { executablePath, args } : { args },
  },
});
