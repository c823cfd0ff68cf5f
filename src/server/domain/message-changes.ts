import type pg from "pg";
import { PINS_MAX, REACTIONS_MAX } from "#shared/limits.ts";
import { breaks } from "../db/sqlstate.ts";
import { inTransaction } from "../db/transaction.ts";
import { DomainError, messageBlank, messageTooLong, noSuchMessage } from "../errors.ts";
import { visibleMessage } from "./message-reads.ts";
import { assertCan, type Doer, roomForChange, type Standing } from "./rooms.ts";

/** A message under its room's lock: what is decided by it still holds at commit. */
type Held = { tx: pg.PoolClient; standing: Standing; message: HeldMessage };

type HeldMessage = {
  id: string;
  author_id: string;
  kind: "text" | "system";
  body: string;
  is_deleted: boolean;
  is_pinned: boolean;
};

/**
 * Runs `work` on a message, under the lock of its room. The room first, the message after it (R1): a message keeps its
 * room, so which one to lock may be asked without a lock; the other way round deadlocks with every send. Numbers and
 * bells are the triggers'. Throws NOT_FOUND, one sentence for whatever is not there.
 */
async function changing(doer: Doer, messageId: string, work: (held: Held) => Promise<void>): Promise<void> {
  const { roomId } = await visibleMessage(doer.userId, messageId);
  await inTransaction(async (tx) => {
    const standing = await roomForChange(tx, doer.userId, roomId).catch((error) => {
      // Removed between the two.
      throw error instanceof DomainError ? noSuchMessage() : error;
    });
    const { rows } = await tx.query<HeldMessage>(
      `select id, author_id, kind, body, deleted_at is not null as is_deleted, pinned_at is not null as is_pinned
       from message where id = $1`,
      [messageId],
    );
    if (!rows[0]) throw noSuchMessage();
    await work({ tx, standing, message: rows[0] });
  });
}

/** What the room says of itself is nobody's own, whoever it speaks of. */
const isOwn = (doer: Doer, message: HeldMessage) => message.kind === "text" && message.author_id === doer.userId;

/**
 * Says something else; what it said before is kept. `mentions` as in a send. Of two at the same instant the later one
 * stands; after a deletion there is nothing to edit. NOT_FOUND (also when deleted), NOT_ALLOWED, TOO_LONG, INVALID, ARCHIVED.
 */
export async function editMessage(
  doer: Doer,
  { messageId, body, mentions, maxLength }: { messageId: string; body: string; mentions: string[]; maxLength: number },
): Promise<void> {
  await changing(doer, messageId, async ({ tx, standing, message }) => {
    if (message.is_deleted) throw noSuchMessage();
    assertCan(standing, "message.edit", "Only its author can edit a message.", { isOwn: isOwn(doer, message) });
    // Code points, as Postgres counts them.
    if ([...body].length > maxLength) throw messageTooLong(maxLength);
    if (message.body === body) return;
    await tx
      .query("update message set body = $2, mentions = $3, edited_at = clock_timestamp() where id = $1", [
        messageId,
        body,
        mentions.join(",") || null,
      ])
      .catch((error) => {
        throw breaks(error, "message_body_present") ? messageBlank(error) : error;
      });
  });
}

/** Leaves a tombstone, which is no longer pinned. Deleting twice changes nothing. NOT_FOUND, NOT_ALLOWED, ARCHIVED. */
export async function deleteMessage(doer: Doer, messageId: string): Promise<void> {
  await changing(doer, messageId, async ({ tx, standing, message }) => {
    assertCan(standing, "message.delete", "Only its author or a moderator can delete a message.", {
      isOwn: isOwn(doer, message),
    });
    if (message.is_deleted) return;
    await tx.query(
      "update message set deleted_at = clock_timestamp(), pinned_at = null, pinned_by = null where id = $1",
      [messageId],
    );
  });
}

/** Adds or takes back one's own reaction. Twice is once, and takes no number. NOT_FOUND, ARCHIVED, CONFLICT (over REACTIONS_MAX different ones). */
export async function react(
  doer: Doer,
  { messageId, emoji, isOn }: { messageId: string; emoji: string; isOn: boolean },
): Promise<void> {
  await changing(doer, messageId, async ({ tx, standing, message }) => {
    if (message.is_deleted) throw noSuchMessage();
    assertCan(standing, "message.react", "You can't react here.");
    const mine = [messageId, doer.userId, emoji];
    if (!isOn) {
      await tx.query("delete from reaction where message_id = $1 and user_id = $2 and emoji = $3", mine);
      return;
    }
    await refuseOverMax(tx, messageId, emoji);
    await tx.query(
      "insert into reaction (message_id, user_id, emoji) values ($1, $2, $3) on conflict do nothing",
      mine,
    );
  });
}

async function refuseOverMax(tx: pg.PoolClient, messageId: string, emoji: string): Promise<void> {
  const { rows } = await tx.query<{ others: number }>(
    "select count(distinct emoji)::int as others from reaction where message_id = $1 and emoji <> $2",
    [messageId, emoji],
  );
  if ((rows[0]?.others ?? 0) >= REACTIONS_MAX)
    throw new DomainError(
      "CONFLICT",
      `A message takes at most ${REACTIONS_MAX} different emoji. Choose one that is there.`,
    );
}

/** Pins a message, or takes it down. Twice is once, and takes no number. NOT_FOUND, NOT_ALLOWED, ARCHIVED, CONFLICT (over PINS_MAX). */
export async function pin(doer: Doer, { messageId, isOn }: { messageId: string; isOn: boolean }): Promise<void> {
  await changing(doer, messageId, async ({ tx, standing, message }) => {
    if (message.is_deleted) throw noSuchMessage();
    assertCan(standing, "message.pin", "You can't pin messages here.");
    if (message.is_pinned === isOn) return;
    if (!isOn) {
      await tx.query("update message set pinned_at = null, pinned_by = null where id = $1", [messageId]);
      return;
    }
    const { rows } = await tx.query<{ pinned: number }>(
      "select count(*)::int as pinned from message where room_id = $1 and pinned_at is not null",
      [standing.room.id],
    );
    if ((rows[0]?.pinned ?? 0) >= PINS_MAX)
      throw new DomainError("CONFLICT", `A room holds at most ${PINS_MAX} pinned messages. Unpin one first.`);
    await tx.query("update message set pinned_at = clock_timestamp(), pinned_by = $2 where id = $1", [
      messageId,
      doer.userId,
    ]);
  });
}
