import { hash, verify } from "@node-rs/argon2";
import { DomainError } from "../errors.ts";
import { COMMON_PASSWORDS } from "./common-passwords.ts";

/**
 * Argon2id with the parameters that OWASP names (19 MiB, two passes, one lane), which are the library's defaults. A hash
 * costs some 50 ms and 19 MiB, so at most two run at once: a flood of sign-ins waits in line and cannot starve the node.
 */
const AT_ONCE = 2;

let running = 0;
const waiting: (() => void)[] = [];

async function inLine<T>(work: () => Promise<T>): Promise<T> {
  if (running < AT_ONCE) running++;
  else await new Promise<void>((resolve) => waiting.push(resolve));
  try {
    return await work();
  } finally {
    // The place is handed on, not given back: nobody slips in between.
    const next = waiting.shift();
    if (next) next();
    else running--;
  }
}

export function hashPassword(password: string): Promise<string> {
  return inLine(() => hash(password));
}

/** What an unknown name is compared with, so that it takes as long as a wrong password. */
let decoy: Promise<string> | undefined;

/** True when the password is right. Takes the same time when there is no such person (`passwordHash` null). */
export async function isPassword(password: string, passwordHash: string | null): Promise<boolean> {
  decoy ??= hashPassword("nobody has this one");
  const against = passwordHash ?? (await decoy);
  const isRight = await inLine(() => verify(against, password));
  return isRight && passwordHash !== null;
}

/** Throws INVALID for a password that is guessed first: a common one, one character or a sequence, or the username. */
export function assertUncommon(password: string, username: string): void {
  const plain = password.toLowerCase();
  const stem = plain.replace(/[^a-z]+$/, "");
  const isCommon =
    COMMON_PASSWORDS.has(plain) ||
    (stem.length >= 4 && COMMON_PASSWORDS.has(stem)) ||
    new Set(plain).size < 3 ||
    isSequence(plain) ||
    (plain.includes(username.toLowerCase()) && plain.length - username.length < 5);
  if (isCommon)
    throw new DomainError("INVALID", "That password is among the first that anyone would guess. Choose another one.");
}

/** abcdefgh, 87654321, qwertyui. */
function isSequence(text: string): boolean {
  const rows = ["abcdefghijklmnopqrstuvwxyz", "01234567890", "qwertyuiop", "asdfghjkl", "zxcvbnm"];
  const backwards = [...text].reverse().join("");
  return rows.some((row) => row.includes(text) || row.includes(backwards));
}
