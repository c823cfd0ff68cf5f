import { memo } from "react";
import type { Message } from "#shared/messages.ts";
import { type Clock, timeOf } from "#ui/kit/clock.ts";
import { Face } from "#ui/people/face.tsx";
import { MessageText } from "./message-text.tsx";

type Props = { message: Message; isHead: boolean; arrives: boolean; clock: Clock };

/** One message of the history. */
export const MessageRow = memo(function MessageRow({ message, isHead, arrives, clock }: Props) {
  const { author, createdAt } = message;
  const time = timeOf(createdAt, clock);
  if (message.kind === "system") return <SystemRow message={message} time={time} />;
  return (
    <article
      className={`message${isHead ? " head" : ""}${arrives ? " arrives" : ""}`}
      aria-label={`${author.name}, ${time}`}
    >
      {isHead ? (
        <span className="gutter">
          <Face person={author} />
        </span>
      ) : (
        <time className="gutter" dateTime={createdAt}>
          {time}
        </time>
      )}
      <div className="body">
        {isHead && (
          <div className="name">
            <b>{author.name}</b>
            <time dateTime={createdAt}>{time}</time>
          </div>
        )}
        <Words message={message} />
      </div>
    </article>
  );
});

function Words({ message }: { message: Message }) {
  if (message.deletedAt) return <p className="gone">{message.author.name} deleted this message</p>;
  return (
    <div className="text">
      <MessageText body={message.body} />
      {message.editedAt && <span className="after">edited</span>}
    </div>
  );
}

function SystemRow({ message, time }: { message: Message; time: string }) {
  return (
    <div className="message">
      <span className="gutter" />
      <p className="system">
        {message.body} <time dateTime={message.createdAt}>{time}</time>
      </p>
    </div>
  );
}
