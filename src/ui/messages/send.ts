import type { SentMessage } from "#shared/messages.ts";
import type { Client } from "#ui/trpc/client.ts";
import type { OutboxEntry } from "./outbox-entry.ts";

const ANSWER_WITHIN_MS = 12_000;

/** Sends, and gives up on an answer after a while: a network that swallows one must not hold up the rest. The repeat is harmless (R7). */
export async function sendWithin(client: Client, entry: OutboxEntry): Promise<SentMessage> {
  const { roomId, clientId, body, replyTo, threadRoot } = entry;
  const input = { roomId, clientId, body, ...(replyTo && { replyTo }), ...(threadRoot && { threadRoot }) };
  const stop = new AbortController();
  let timer: ReturnType<typeof setTimeout> | undefined;
  const tooLate = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => {
      reject(new Error("No answer in time"));
      stop.abort();
    }, ANSWER_WITHIN_MS);
  });
  try {
    return await Promise.race([client.message.send.mutate(input, { signal: stop.signal }), tooLate]);
  } finally {
    clearTimeout(timer);
  }
}
