"use client";

import type { LucideIcon } from "lucide-react";
import type { ReactNode } from "react";
import { Fold } from "#ui/kit/fold.tsx";
import { Tool } from "#ui/kit/tool.tsx";
import { useMe } from "#ui/me/use-me.ts";
import { RoomRow } from "./room-row.tsx";
import { weightOf } from "./room-weight.ts";
import type { SectionName } from "./sidebar-sections.ts";

type Props = {
  name: SectionName;
  title: string;
  ids: readonly string[];
  /** The one row that Tab reaches; arrows walk to the others. */
  tabStop: string | undefined;
  current: string | null;
  tools?: readonly { label: string; icon: LucideIcon; onClick: () => void }[];
  /** Said in place of rows, when there are none. */
  empty?: ReactNode;
};

/** A section of the list. Folded, it still shows what is new in it, and where one is. */
export function SidebarSection({ name, title, ids, tabStop, current, tools = [], empty }: Props) {
  const buttons = tools.map((tool) => <Tool key={tool.label} {...tool} />);
  const rows = (shown: readonly string[]) => (
    <ul aria-label={title}>
      {shown.map((id) => (
        <RoomRow key={id} roomId={id} isTabStop={id === tabStop} />
      ))}
    </ul>
  );
  return (
    <Fold
      id={`rooms-${name}`}
      title={title}
      tools={buttons}
      folded={<Folded ids={ids} current={current} rows={rows} />}
    >
      {ids.length > 0 ? rows(ids) : empty}
    </Fold>
  );
}

type FoldedProps = { ids: readonly string[]; current: string | null; rows: (shown: readonly string[]) => ReactNode };

function Folded({ ids, current, rows }: FoldedProps) {
  // Joined, because a selector has to answer the same value while nothing changed.
  const strong = useMe(({ rooms }) =>
    ids
      .filter((id) => {
        const room = rooms.get(id);
        return id === current || (room && weightOf(room).count > 0);
      })
      .join(" "),
  );
  return strong ? rows(strong.split(" ")) : null;
}
