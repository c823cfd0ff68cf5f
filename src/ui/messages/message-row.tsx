"use client";

import Bookmark from "lucide-react/icons/bookmark";
import { memo, type PointerEvent, type ReactNode, useState } from "react";
import type { Message } from "#shared/messages.ts";
import { type Clock, timeOf } from "#ui/kit/clock.ts";
import { usePerson } from "#ui/me/use-me.ts";
import { Face } from "#ui/people/face.tsx";
import { PersonButton } from "#ui/people/person-button.tsx";
import { ReactionRow } from "#ui/reactions/reaction-row.tsx";
import { RepliesLine } from "#ui/threads/replies-line.tsx";
import { useConversation, useConversationState } from "./conversation.ts";
import { EditBox } from "./edit-box.tsx";
import { Markdown } from "./markdown/markdown.tsx";
import { PinNote } from "./pin-note.tsx";
import { QuoteLine } from "./quote-line.tsx";
import { RowActions } from "./row-actions.tsx";
import { useIsNamed } from "./use-is-named.ts";
import { useIsSaved, useShown } from "./use-shown.ts";

type Props = {
  message: Message;
  isHead: boolean;
  clock: Clock;
  /** What it quotes, if that is known. */
  quoted?: Message | null;
  arrives?: boolean;
  /** One has just been led here. */
  isTarget?: boolean;
  /** The one row of the list that Tab reaches. */
  isTabStop?: boolean;
  /** Stands behind the last word: how far it has come. */
  after?: ReactNode;
};

/** One message of the history. */
export const MessageRow = memo(function MessageRow(props: Props) {
  if (props.message.kind === "system") return <SystemRow {...props} />;
  return <SpokenRow {...props} />;
});

function SpokenRow({ message: row, isHead, clock, quoted = null, after, ...rest }: Props) {
  const { conversation } = useConversation();
  const message = useShown(row);
  const [isNear, setIsNear] = useState(false);
  const comeNear = (event: PointerEvent) => event.pointerType === "mouse" && setIsNear(true);
  const isHeld = useConversationState(conversation, ({ float }) => float?.message.id === row.id);
  const isEdited = useConversationState(conversation, ({ editing }) => editing === row.id);
  const isNamed = useIsNamed(message);
  const isSaved = useIsSaved(message.id);
  const name = usePerson(message.author).name;
  const time = timeOf(message.createdAt, clock);
  const look = ["message", isHead && "head", rest.arrives && "arrives", isNamed && "named", rest.isTarget && "target"];
  return (
    <article
      className={[...look, isHeld && "is-hover"].filter(Boolean).join(" ")}
      aria-label={`${name}, ${time}`}
      data-seq={message.seq}
      data-message={message.id}
      tabIndex={rest.isTabStop ? 0 : -1}
      onPointerEnter={comeNear}
      // React misses the entering when what lay under the pointer, another row's bar, has just gone.
      onPointerMove={comeNear}
      onPointerLeave={() => setIsNear(false)}
      onFocus={() => setIsNear(true)}
      onBlur={(event) => event.currentTarget.contains(event.relatedTarget) || setIsNear(false)}
    >
      <Gutter message={message} isHead={isHead} time={time} />
      <div className="body">
        {isHead && (
          <div className="name">
            <b>
              <PersonButton person={message.author} isTabStop={rest.isTabStop ?? false} />
            </b>
            <time dateTime={message.createdAt}>{time}</time>
            {isSaved && <SavedMark />}
          </div>
        )}
        {message.pinned && !message.deletedAt && <PinNote by={message.pinned.by} />}
        {message.replyTo && !message.deletedAt && <QuoteLine messageId={message.replyTo} quoted={quoted} />}
        {isEdited ? (
          <EditBox message={message} />
        ) : (
          <Words message={message} isMarked={isSaved && !isHead} after={after} />
        )}
        {message.reactions.length > 0 && !message.deletedAt && <ReactionRow message={message} />}
        {message.thread && conversation.threadRoot === null && (
          <RepliesLine rootId={message.id} thread={message.thread} clock={clock} />
        )}
      </div>
      {(isNear || isHeld) && !isEdited && <RowActions message={message} />}
    </article>
  );
}

function Gutter({ message, isHead, time }: { message: Message; isHead: boolean; time: string }) {
  if (!isHead)
    return (
      <time className="gutter" dateTime={message.createdAt}>
        {time}
      </time>
    );
  return (
    <PersonButton className="gutter" person={message.author} isRepeat>
      <Face person={message.author} />
    </PersonButton>
  );
}

function SavedMark() {
  return <Bookmark className="i saved" role="img" aria-label="Saved" />;
}

type WordsProps = { message: Message; isMarked: boolean; after: ReactNode };

/** Without a line of its own for the name, what is saved is marked behind its words. */
function Words({ message, isMarked, after }: WordsProps) {
  const { conversation } = useConversation();
  if (message.deletedAt) return <p className="gone">This message was deleted</p>;
  return (
    <div className="text">
      <Markdown
        body={message.body}
        after={
          (message.editedAt || isMarked || after) && (
            <>
              {isMarked && <SavedMark />}
              {message.editedAt && (
                <button
                  type="button"
                  className="after"
                  aria-label="Edited. Show what it said before"
                  onClick={() => conversation.float({ kind: "history", message })}
                >
                  edited
                </button>
              )}
              {after}
            </>
          )
        }
      />
    </div>
  );
}

/** What the room says of somebody: a name and what they did. */
function SystemRow({ message, clock }: Props) {
  const name = usePerson(message.author).name;
  return (
    <div className="message" data-seq={message.seq}>
      <span className="gutter" />
      <p className="system">
        <b>{name}</b> {message.body} <time dateTime={message.createdAt}>{timeOf(message.createdAt, clock)}</time>
      </p>
    </div>
  );
}
