"use client";

import { useQuery } from "@tanstack/react-query";
import type { Message, MessageReceipts } from "#shared/messages.ts";
import { dayName, dayOf, timeOf, useClock } from "#ui/kit/clock.ts";
import { Dialog } from "#ui/kit/dialog.tsx";
import { Skeleton } from "#ui/kit/skeleton.tsx";
import { useUserNames } from "#ui/messages/use-user-name.ts";
import { Face } from "#ui/people/face.tsx";
import { useClient } from "#ui/trpc/client-context.ts";
import { queries } from "#ui/trpc/queries.ts";
import { byWord } from "./standing.ts";

type Props = { message: Message; isOpen: boolean; onClose: () => void };

/** When a message was sent, and how far it has come with whom. */
export function MessageInfo({ message, isOpen, onClose }: Props) {
  const clock = useClock();
  const client = useClient();
  const receipts = useQuery(
    {
      queryKey: ["receipts", message.id],
      queryFn: () => client.message.receipts.query({ messageId: message.id }),
      enabled: isOpen,
      staleTime: 0,
    },
    queries(),
  );
  const at = (iso: string, by = "") => `${dayName(dayOf(iso, clock.zone), clock)}, ${by}${timeOf(iso, clock)}`;
  return (
    <Dialog title="Message info" isOpen={isOpen} onClose={onClose}>
      <dl className="facts">
        <dt>Sent</dt>
        <dd>{at(message.createdAt)}</dd>
        {message.editedAt && (
          <>
            <dt>Edited</dt>
            <dd>{at(message.editedAt)}</dd>
          </>
        )}
      </dl>
      {receipts.isError && <p role="alert">Who has read it didn't load. Close this and try again.</p>}
      {receipts.isPending && <Skeleton shape="person" count={3} label="Loading who has read it" />}
      {receipts.data && <Standings message={message} receipts={receipts.data} at={at} />}
    </Dialog>
  );
}

type At = (iso: string, by?: string) => string;

function Standings({ message, receipts, at }: { message: Message; receipts: MessageReceipts; at: At }) {
  const { read, delivered, others } = receipts;
  const waiting = Math.max(0, others);
  const row = (userId: string, time: string | null, mark: number) => ({ userId, time, by: byWord(mark, message) });
  return (
    <>
      <People title="Read by" rows={read.map((one) => row(one.userId, one.readAt, one.lastReadSeq))} at={at} />
      <People
        title="Delivered to"
        rows={delivered.map((one) => row(one.userId, one.deliveredAt, one.lastDeliveredSeq))}
        at={at}
      />
      {waiting > 0 && (
        <p className="muted">
          Not yet delivered to {waiting} {waiting === 1 ? "person" : "people"}
        </p>
      )}
    </>
  );
}

type PeopleProps = { title: string; rows: { userId: string; time: string | null; by: string }[]; at: At };

function People({ title, rows, at }: PeopleProps) {
  const nameOf = useUserNames();
  if (rows.length === 0) return null;
  return (
    <section>
      <h3>{title}</h3>
      <ul className="people-list">
        {rows.map(({ userId, time, by }) => (
          <li key={userId}>
            <Face person={{ id: userId, name: nameOf(userId), username: "" }} size="s" />
            <span className="label">{nameOf(userId)}</span>
            {time && <time dateTime={time}>{at(time, by)}</time>}
          </li>
        ))}
      </ul>
    </section>
  );
}
