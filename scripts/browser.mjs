import { execFile } from "node:child_process";
import { accessSync, constants, existsSync } from "node:fs";
import { delimiter, join } from "node:path";
import { bin, step, Told } from "./prepare.mjs";

/**
 * The Chromium for the two-browser tests, as environment for Playwright: EARSHOT_CHROMIUM when it is set, one that the
 * system has, one from Debian's packages when we are root there, else Playwright's own download.
 */
const NAMES = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];
const DEBIAN = ["install", "-y", "--no-install-recommends", "chromium", "fonts-liberation", "fonts-noto-color-emoji"];

export async function findBrowser() {
  const given = process.env.EARSHOT_CHROMIUM ?? systemChromium();
  if (given) return { EARSHOT_CHROMIUM: given };
  if (existsSync("/etc/debian_version") && process.getuid?.() === 0) {
    const isInstalled = await step(
      "Installing Chromium (once)",
      async () => (await run("apt-get", ["update"])) && run("apt-get", DEBIAN),
    );
    const installed = isInstalled ? systemChromium() : undefined;
    if (installed) return { EARSHOT_CHROMIUM: installed };
  }
  const playwright = bin("@playwright/test", "playwright");
  const isDownloaded = await step("Downloading Chromium (once)", () =>
    run(process.execPath, [playwright, "install", "chromium"]),
  );
  if (isDownloaded) return {};
  throw new Told(
    "There is no Chromium, and none could be installed. Install one, or set EARSHOT_CHROMIUM to its path.",
  );
}

export function systemChromium() {
  const folders = (process.env.PATH ?? "").split(delimiter);
  return NAMES.flatMap((name) => folders.map((folder) => join(folder, name))).find(isExecutable);
}

function isExecutable(file) {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** Its output is shown only when it fails: nobody reads four hundred lines of apt. */
function run(command, args) {
  const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
  return new Promise((done) => {
    execFile(command, args, { env, maxBuffer: 2 ** 26 }, (error, stdout, stderr) => {
      if (error) console.error(`${error.message}\n${stdout}${stderr}`.trim());
      done(!error);
    });
  });
}
