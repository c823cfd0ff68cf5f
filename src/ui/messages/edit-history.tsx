"use client";

import { useQuery } from "@tanstack/react-query";
import type { Message } from "#shared/messages.ts";
import { dayName, dayOf, timeOf, useClock } from "#ui/kit/clock.ts";
import { Dialog } from "#ui/kit/dialog.tsx";
import { Skeleton } from "#ui/kit/skeleton.tsx";
import { useClient } from "#ui/trpc/client-context.ts";
import { queries } from "#ui/trpc/queries.ts";
import { Markdown } from "./markdown/markdown.tsx";

type Props = { message: Message; isOpen: boolean; onClose: () => void };

/** What a message said before each edit, the newest first. */
export function EditHistory({ message, isOpen, onClose }: Props) {
  const clock = useClock();
  const client = useClient();
  const edits = useQuery(
    {
      queryKey: ["edits", message.id],
      queryFn: () => client.message.edits.query({ messageId: message.id }),
      enabled: isOpen,
      staleTime: 0,
    },
    queries(),
  );
  const now = { body: message.body, writtenAt: message.editedAt ?? message.createdAt };
  const versions = [now, ...(edits.data ?? []).toReversed()];
  return (
    <Dialog title="Edit history" size="m" isOpen={isOpen} onClose={onClose}>
      {edits.isError ? (
        <p role="alert">What it said before didn't load. Close this and try again.</p>
      ) : edits.isPending ? (
        <Skeleton shape="words" count={3} label="Loading what it said before" />
      ) : (
        <ol className="versions">
          {versions.map(({ body, writtenAt }, index) => (
            <li key={`${writtenAt} ${body.length}`}>
              <small>
                {dayName(dayOf(writtenAt, clock.zone), clock)}, {timeOf(writtenAt, clock)}
                {index === 0 && ", as it is now"}
              </small>
              <div className="text">
                <Markdown body={body} />
              </div>
            </li>
          ))}
        </ol>
      )}
    </Dialog>
  );
}
