import { TRPCClientError } from "@trpc/client";
import { vi } from "vitest";
import type { ErrorCode } from "#shared/errors.ts";
import { Outbox, type OutboxPorts } from "./outbox.ts";
import type { OutboxEntry } from "./outbox-entry.ts";

export function refused(reason: ErrorCode, retryAfterMs?: number) {
  const shape = { code: -32000, message: `Because of ${reason}.`, data: { reason, retryAfterMs } };
  return TRPCClientError.from({ error: shape } as never);
}

/** An outbox on a device whose storage and server are in memory. */
export function device(
  answers: (entry: OutboxEntry) => Promise<unknown> = async () => {},
  stored = new Map<string, OutboxEntry>(),
) {
  const link = { isLive: true, isOnline: true };
  const sent: string[] = [];
  const ports = {
    storage: {
      all: async () => [...stored.values()],
      put: async (entry: OutboxEntry) => void stored.set(entry.clientId, entry),
      remove: async (clientId: string) => void stored.delete(clientId),
    },
    tabs: {
      alone: (_roomId: string, work: () => Promise<void>) => work(),
      announce: () => {},
      listen: (_onChange: () => void) => () => {},
    },
    send: async (entry: OutboxEntry) => {
      await answers(entry);
      sent.push(entry.body);
      return { version: sent.length };
    },
    isLinkLive: () => link.isLive,
    isOnline: () => link.isOnline,
    onSignedOut: vi.fn(),
  } satisfies OutboxPorts;
  return { outbox: new Outbox(ports), sent, stored, link, ports };
}
export const states = (outbox: Outbox) => outbox.getEntries().map((entry) => `${entry.body}: ${entry.state}`);
export const settled = () => vi.advanceTimersByTimeAsync(0);
