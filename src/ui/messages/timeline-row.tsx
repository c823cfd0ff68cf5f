import type { ReactNode, Ref } from "react";
import { type Clock, dayName } from "#ui/kit/clock.ts";
import { MessageRow } from "./message-row.tsx";
import type { TimelineRow as Row } from "./timeline-rows.ts";

export type RowLook = { arrives?: boolean; isTarget?: boolean; isTabStop?: boolean; after?: ReactNode };
type Props = { row: Row; clock: Clock; look?: RowLook; index?: number; top?: number; measure?: Ref<HTMLLIElement> };

/** A slot of the list: in the flow at first, at its own place once the rows are counted. */
export function TimelineRow({ row, clock, look, index, top, measure }: Props) {
  return (
    <li
      ref={measure}
      className="slot"
      data-index={index}
      data-key={row.key}
      // Not by a transform: what is sticky in a row (its bar) would not know where the row is.
      style={top === undefined ? undefined : { top }}
    >
      <RowContent row={row} clock={clock} {...(look ? { look } : {})} />
    </li>
  );
}

export function RowContent({ row, clock, look }: Pick<Props, "row" | "clock" | "look">) {
  if (row.kind === "day") return <div className="day">{dayName(row.day, clock)}</div>;
  if (row.kind === "fresh") return <div className="fresh">New</div>;
  const { message, isHead, quoted } = row;
  return <MessageRow message={message} isHead={isHead} quoted={quoted} clock={clock} {...look} />;
}
