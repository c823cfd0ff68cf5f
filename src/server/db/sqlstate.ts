/** Words for the SQLSTATEs that we act on. https://www.postgresql.org/docs/current/errcodes-appendix.html */
export const SQLSTATE = {
  FOREIGN_KEY_VIOLATION: "23503",
  UNIQUE_VIOLATION: "23505",
  CHECK_VIOLATION: "23514",
  SERIALIZATION_FAILURE: "40001",
  DEADLOCK_DETECTED: "40P01",
  LOCK_NOT_AVAILABLE: "55P03",
} as const;

type PgError = Error & { code?: string; constraint?: string };

function isPgError(error: unknown): error is PgError {
  return error instanceof Error && /^[0-9A-Z]{5}$/.test((error as PgError).code ?? "");
}

export function hasSqlState(error: unknown, ...states: string[]): boolean {
  return isPgError(error) && states.includes(error.code ?? "");
}

/** True when an error says that a row breaks the constraint of this name. */
export function breaks(error: unknown, constraint: string): boolean {
  return isPgError(error) && error.constraint === constraint;
}

/**
 * True when Postgres did not answer, so that what was asked may or may not have happened, or could not do it now and may
 * later: the connection is gone, was never there, or stood still inside a transaction (25P03); the server is starting or
 * stopping (57P0x), out of disk, memory or connections (53xxx), or read-only after a failover (25006); or this node is leaving,
 * and its pool has ended.
 */
export function isUnreachable(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const code = (error as PgError).code ?? "";
  if (/^(08|57P0|53|25006|25P03)/.test(code)) return true;
  if (/^(ECONNREFUSED|ECONNRESET|EPIPE|ETIMEDOUT|ENOTFOUND|EHOSTUNREACH|ENOENT)$/.test(code)) return true;
  if (error.cause !== undefined && isUnreachable(error.cause)) return true;
  return /Connection terminated|timeout exceeded when trying to connect|Query read timeout|not queryable|calling end on the pool/i.test(
    error.message,
  );
}
