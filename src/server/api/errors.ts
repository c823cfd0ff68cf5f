import { TRPCError } from "@trpc/server";
import type { TRPC_ERROR_CODE_KEY } from "@trpc/server/rpc";
import { ZodError } from "zod";
import type { ErrorCode, ErrorData } from "#shared/errors.ts";
import { hasSqlState, isUnreachable, SQLSTATE } from "../db/sqlstate.ts";
import { DomainError } from "../errors.ts";

/** What each refusal is called in transport. Exhaustive: a new code does not compile without a row. */
export const TRANSPORT = {
  INVALID: "BAD_REQUEST",
  UNAUTHORIZED: "UNAUTHORIZED",
  FORBIDDEN: "FORBIDDEN",
  NOT_ALLOWED: "FORBIDDEN",
  NOT_FOUND: "NOT_FOUND",
  REMOVED: "FORBIDDEN",
  CONFLICT: "CONFLICT",
  USERNAME_TAKEN: "CONFLICT",
  NAME_TAKEN: "CONFLICT",
  LAST_OWNER: "PRECONDITION_FAILED",
  WRONG_PASSWORD: "BAD_REQUEST",
  SIGN_UP_CLOSED: "FORBIDDEN",
  TOO_LONG: "PAYLOAD_TOO_LARGE",
  ARCHIVED: "PRECONDITION_FAILED",
  TOO_MANY_REQUESTS: "TOO_MANY_REQUESTS",
  TOO_BUSY: "SERVICE_UNAVAILABLE",
  UNAVAILABLE: "SERVICE_UNAVAILABLE",
  INTERNAL: "INTERNAL_SERVER_ERROR",
} as const satisfies Record<ErrorCode, TRPC_ERROR_CODE_KEY>;

const WORDS: Partial<Record<TRPC_ERROR_CODE_KEY, DomainError>> = {
  NOT_FOUND: new DomainError("NOT_FOUND", "There is no such procedure."),
  PARSE_ERROR: new DomainError("INVALID", "That is not a request that this server understands."),
  BAD_REQUEST: new DomainError("INVALID", "That is not a request that this server understands."),
  UNSUPPORTED_MEDIA_TYPE: new DomainError("INVALID", "That is not a request that this server understands."),
  METHOD_NOT_SUPPORTED: new DomainError("INVALID", "That is not a request that this server understands."),
  PAYLOAD_TOO_LARGE: new DomainError("INVALID", "That request is too large."),
};

/** Whatever was thrown, as the refusal that a client may see. Of a fault it learns nothing but that it was ours. */
export function refusalOf(error: unknown): DomainError {
  if (error instanceof DomainError) return error;
  if (error instanceof ZodError) return new DomainError("INVALID", sentenceOf(error), { cause: error });
  if (isUnreachable(error))
    return new DomainError("UNAVAILABLE", "The server can't reach its database right now. Try again in a moment.", {
      cause: error,
    });
  if (hasSqlState(error, SQLSTATE.LOCK_NOT_AVAILABLE))
    return new DomainError("UNAVAILABLE", "Somebody else is changing this right now. Try again in a moment.", {
      cause: error,
    });
  if (error instanceof TRPCError) {
    const deeper = error.cause && refusalOf(error.cause);
    // A body that does not parse has a cause, too: it is not our fault for that.
    const known = deeper && deeper.code !== "INTERNAL" ? deeper : (WORDS[error.code] ?? deeper);
    if (known) return known;
  }
  return new DomainError("INTERNAL", "Something went wrong on the server. Try again.", { cause: error });
}

/** Our own schemas speak in sentences; zod's words are for whoever wrote the call. */
function sentenceOf({ issues: [first] }: ZodError): string {
  return first?.message.endsWith(".") ? first.message : "That input is not valid.";
}

export function dataOf(refusal: DomainError): ErrorData {
  return {
    reason: refusal.code,
    ...(refusal.retryAfterMs === undefined ? {} : { retryAfterMs: refusal.retryAfterMs }),
  };
}

/** For HTTP, whose status is taken from the error itself. */
export function asTRPCError(error: unknown): TRPCError {
  const refusal = refusalOf(error);
  // A proxy, too, understands 413.
  const isTooLarge = error instanceof TRPCError && error.code === "PAYLOAD_TOO_LARGE";
  return new TRPCError({
    code: isTooLarge ? error.code : TRANSPORT[refusal.code],
    message: refusal.message,
    cause: refusal,
  });
}
