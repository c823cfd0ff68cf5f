"use client";

import ChevronDown from "lucide-react/icons/chevron-down";
import { type ReactNode, useId } from "react";
import { useKept } from "./kept.ts";

type Props = {
  /** Names what is kept: "sidebar-people". */
  id: string;
  title: ReactNode;
  /** Buttons at the heading's end. */
  tools?: ReactNode;
  children: ReactNode;
  /** What stays in sight when the section is folded: the rooms with something new. */
  folded?: ReactNode;
};

/** A section that folds, and stays folded on this device. */
export function Fold({ id, title, tools, children, folded }: Props) {
  const [state, keep] = useKept(`fold-${id}`, "open");
  const isOpen = state !== "folded";
  const bodyId = useId();
  return (
    <section className="fold">
      <h2>
        <button
          type="button"
          className="fold-button"
          aria-expanded={isOpen}
          aria-controls={bodyId}
          onClick={() => keep(isOpen ? "folded" : "open")}
        >
          {title}
          <ChevronDown className="i" />
        </button>
        {tools}
      </h2>
      <div id={bodyId}>{isOpen ? children : folded}</div>
    </section>
  );
}
