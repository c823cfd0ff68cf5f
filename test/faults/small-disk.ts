import { execFileSync } from "node:child_process";
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const MEGABYTES = 96;
/** Written in pieces, down to the last page. */
const PIECES = [1_048_576, 65_536, 4_096];

/** A disk of 96 MB, in memory, that can be filled up. */
export class SmallDisk {
  readonly path: string;

  private constructor(path: string) {
    this.path = path;
  }

  /** Null where this process may not mount: without root, or in a container without that right. */
  static mount(): SmallDisk | null {
    const path = mkdtempSync(join(tmpdir(), "earshot-disk-"));
    try {
      execFileSync("mount", ["-t", "tmpfs", "-o", `size=${MEGABYTES}m,mode=755`, "tmpfs", path], { stdio: "ignore" });
      chmodSync(path, 0o755);
      return new SmallDisk(path);
    } catch {
      rmSync(path, { recursive: true });
      return null;
    }
  }

  /** Leaves no room for anything. */
  fill(): void {
    let file = 0;
    for (const bytes of PIECES)
      try {
        for (;;) writeFileSync(this.#ballast(file++), Buffer.alloc(bytes));
      } catch {}
  }

  free(): void {
    execFileSync("sh", ["-c", `rm -f ${this.#ballast("*")}`]);
  }

  unmount(): void {
    execFileSync("umount", ["-l", this.path]);
    rmSync(this.path, { recursive: true, force: true });
  }

  #ballast(name: number | "*"): string {
    return join(this.path, `ballast-${name}`);
  }
}
