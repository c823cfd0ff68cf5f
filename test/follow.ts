import type { Batch, Change } from "#shared/feed.ts";
import { newId } from "#shared/ids.ts";
import type { Stage } from "./stage.ts";

/** Somebody in front of the real client: what they hear, and what they say. */
export type Client = ReturnType<Stage["client"]>;

export type Heard = Batch & { cursor: string };

/** Follows a room as a client does and keeps what arrives, batch by batch. */
export function follow({ api }: Pick<Client, "api">, roomId: string, lastEventId?: string) {
  const batches: Heard[] = [];
  const errors: { reason: string; message: string }[] = [];
  const subscription = api.room.feed.subscribe(
    { roomId, lastEventId },
    {
      onData: ({ id, data }) => batches.push({ ...data, cursor: id }),
      onError: (error) => errors.push({ reason: error.data?.reason ?? "transport", message: error.message }),
    },
  );
  const changes = () => batches.flatMap((batch) => batch.changes);
  const bodies = () => changes().flatMap((change) => (change.type === "message" ? [change.message.body] : []));
  return { batches, errors, changes, bodies, reasons: () => errors.map(({ reason }) => reason), subscription };
}

export const say = ({ api }: Pick<Client, "api">, roomId: string, body: string) =>
  api.message.send.mutate({ roomId, clientId: newId(), body });

/**
 * The cursor's rule, in its simplest form (R6): a batch that begins above what is known is a gap, one that ends at or
 * below it says nothing new. Answers the rows as they end up, and how often there was a gap.
 */
export function applied(batches: Heard[]): { rows: Map<string, Change>; at: number; gaps: number } {
  let rows = new Map<string, Change>();
  let [at, gaps] = [0, 0];
  for (const batch of batches) {
    if (batch.reset) rows = new Map();
    else if (batch.from > at) gaps++;
    if (!batch.reset && batch.to <= at) continue;
    for (const change of batch.changes) {
      const key =
        change.type === "message" ? change.message.id : change.type === "member" ? change.member.person.id : "room";
      if ((rows.get(key)?.version ?? -1) < change.version) rows.set(key, change);
    }
    at = batch.to;
  }
  return { rows, at, gaps };
}
