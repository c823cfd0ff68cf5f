import { TRPCClientError } from "@trpc/client";
import { ERROR_CODES, type ErrorCode } from "#shared/errors.ts";

/** What the server said no with. `reason` is null when it said nothing at all: the call did not get through. */
export type Refusal = { reason: ErrorCode | null; sentence: string; retryAfterMs: number | null };

export function refusalOf(error: unknown): Refusal {
  if (!(error instanceof TRPCClientError)) return { reason: null, sentence: "", retryAfterMs: null };
  const data = (error.data ?? {}) as { reason?: string; retryAfterMs?: number };
  const reason = ERROR_CODES.find((code) => code === data.reason) ?? null;
  return { reason, sentence: reason ? error.message : "", retryAfterMs: data.retryAfterMs ?? null };
}
