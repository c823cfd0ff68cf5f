import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { checkNode, generate, install, root, Told } from "./prepare.mjs";

/** `node scripts/run.mjs <file.ts> [arguments]`: runs a TypeScript script, and sets up what it needs first. */
try {
  checkNode();
  await install();
  await generate();
  if (existsSync(join(root, ".env"))) process.loadEnvFile(join(root, ".env"));
  const child = spawn(process.execPath, ["--import", "tsx", ...process.argv.slice(2)], { cwd: root, stdio: "inherit" });
  // Ctrl+C reaches the script by itself; we only wait for what it makes of it.
  process.on("SIGINT", () => {});
  process.on("SIGTERM", () => child.kill("SIGTERM"));
  child.once("exit", (code, signal) => process.exit(code ?? (signal ? 1 : 0)));
} catch (error) {
  console.error(error instanceof Told ? error.message : error);
  process.exit(1);
}
