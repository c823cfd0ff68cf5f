import type { Ref } from "react";
import { type Clock, dayName } from "#ui/kit/clock.ts";
import { MessageRow } from "./message-row.tsx";
import type { TimelineRow as Row } from "./timeline-rows.ts";

type Props = { row: Row; clock: Clock; index?: number; top?: number; arrives?: boolean; measure?: Ref<HTMLLIElement> };

/** A slot of the list: in the flow at first, at its own place once the rows are counted. */
export function TimelineRow({ row, clock, index, top, arrives = false, measure }: Props) {
  return (
    <li
      ref={measure}
      className="slot"
      data-index={index}
      data-key={row.key}
      style={top === undefined ? undefined : { transform: `translateY(${top}px)` }}
    >
      {row.kind === "day" ? (
        <div className="day">{dayName(row.day, clock)}</div>
      ) : (
        <MessageRow message={row.message} isHead={row.isHead} arrives={arrives} clock={clock} />
      )}
    </li>
  );
}
