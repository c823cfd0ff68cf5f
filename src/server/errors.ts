import type { ErrorCode } from "#shared/errors.ts";

/**
 * A refusal that we mean: `code` for programs, `message` for the person, in a sentence that says what happened and what
 * to do. `api/errors.ts` gives it its transport code. Anything else that is thrown is a fault, and shown as INTERNAL.
 */
export class DomainError extends Error {
  readonly code: ErrorCode;
  readonly retryAfterMs: number | undefined;

  constructor(code: ErrorCode, message: string, opts: { retryAfterMs?: number; cause?: unknown } = {}) {
    super(message, { cause: opts.cause });
    this.code = code;
    this.retryAfterMs = opts.retryAfterMs;
  }
}

/** The server cannot start, and its owner can mend it: the message is one line that says what is wrong and what to do. */
export class CannotStart extends Error {}

/** The one answer for a room that is not there and for one that is not yours (R11). */
export function noSuchRoom(): DomainError {
  return new DomainError("NOT_FOUND", "There is no such room, or you are not in it.");
}

/** The one answer for a message that is not there, one in a room that is not yours, and one that was deleted (R11). */
export function noSuchMessage(): DomainError {
  return new DomainError("NOT_FOUND", "There is no such message, or it was deleted.");
}

export function messageTooLong(maxLength: number): DomainError {
  return new DomainError("TOO_LONG", `A message has at most ${maxLength} characters.`);
}

/** What is blank depends on the database's locale: where it is stricter than our schema, it has the last word. */
export function messageBlank(cause: unknown): DomainError {
  return new DomainError("INVALID", "A message has at least one visible character.", { cause });
}

/** The same for somebody who is not there, and for somebody whom one shares no room with, or not this one (R11). */
export function noSuchPerson(): DomainError {
  return new DomainError("NOT_FOUND", "There is no such person.");
}

export function sessionEnded(): DomainError {
  return new DomainError("UNAUTHORIZED", "Your session has ended. Sign in again.");
}

/** What somebody hears who is taken out of a room while a feed of it is open. */
export function removed(): DomainError {
  return new DomainError("REMOVED", "You are no longer in this room.");
}
