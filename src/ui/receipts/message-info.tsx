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
  const at = (iso: string) => `${dayName(dayOf(iso, clock.zone), clock)}, ${timeOf(iso, clock)}`;
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
      {receipts.data && <Standings receipts={receipts.data} at={at} />}
    </Dialog>
  );
}

function Standings({ receipts, at }: { receipts: MessageReceipts; at: (iso: string) => string }) {
  const { read, delivered, others } = receipts;
  const waiting = Math.max(0, others);
  return (
    <>
      <People title="Read by" rows={read.map(({ userId, readAt }) => ({ userId, time: readAt }))} at={at} />
      <People
        title="Delivered to"
        rows={delivered.map(({ userId, deliveredAt }) => ({ userId, time: deliveredAt }))}
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

type PeopleProps = { title: string; rows: { userId: string; time: string | null }[]; at: (iso: string) => string };

function People({ title, rows, at }: PeopleProps) {
  const nameOf = useUserNames();
  if (rows.length === 0) return null;
  return (
    <section>
      <h3>{title}</h3>
      <ul className="people-list">
        {rows.map(({ userId, time }) => (
          <li key={userId}>
            <Face person={{ id: userId, name: nameOf(userId), username: "" }} size="s" />
            <span className="label">{nameOf(userId)}</span>
            {time && <time dateTime={time}>{at(time)}</time>}
          </li>
        ))}
      </ul>
    </section>
  );
}
