"use client";

import ChevronLeft from "lucide-react/icons/chevron-left";
import X from "lucide-react/icons/x";
import { type KeyboardEvent, type ReactNode, useEffect, useId, useRef, useState } from "react";
import { Tool } from "./tool.tsx";

type Props = {
  title: string;
  /** Where it belongs: "#on-air". */
  about?: ReactNode;
  tools?: ReactNode;
  onClose: () => void;
  children: ReactNode;
};

/**
 * The right column: a thread, the members, pins. A sibling of the room's `main`; below 900 px it covers the room, which is
 * then out of reach (kit/panel.css). The focus moves in and, when it is still inside at the end, returns.
 */
export function Panel({ title, about, tools, onClose, children }: Props) {
  const titleId = useId();
  const panel = useRef<HTMLElement>(null);
  const heading = useRef<HTMLHeadingElement>(null);
  useFocusInside(panel, heading);
  const onKeyDown = (event: KeyboardEvent) => {
    // What floats above the panel closes first, and says so; a portal's keys arrive here too.
    if (event.key !== "Escape" || event.defaultPrevented || !panel.current?.contains(event.target as Node)) return;
    event.preventDefault();
    onClose();
  };
  return (
    <aside ref={panel} className="panel" aria-labelledby={titleId} onKeyDown={onKeyDown}>
      <header className="bar">
        <Tool className="back" label="Back" icon={ChevronLeft} isLarge onClick={onClose} />
        <div className="title">
          <h2 ref={heading} id={titleId} tabIndex={-1}>
            {title}
          </h2>
          {about && <p className="topic">{about}</p>}
        </div>
        {tools}
        <Tool className="shut" label="Close" keys="Esc" icon={X} isLarge onClick={onClose} />
      </header>
      {children}
    </aside>
  );
}

/** In, unless something inside has taken it already (a field to type into); back, unless it went elsewhere meanwhile. */
function useFocusInside(panel: { current: HTMLElement | null }, heading: { current: HTMLElement | null }): void {
  // Asked while rendering: when effects run, a field inside has the focus already.
  const [before] = useState(() => (typeof document === "undefined" ? null : document.activeElement));
  useEffect(() => {
    const inside = panel.current;
    const isInside = () => inside?.contains(document.activeElement) ?? false;
    if (!isInside()) heading.current?.focus({ preventScroll: true });
    let wasInside = isInside();
    const note = () => {
      wasInside = document.activeElement === document.body ? wasInside : isInside();
    };
    document.addEventListener("focusin", note);
    return () => {
      document.removeEventListener("focusin", note);
      if (wasInside && before instanceof HTMLElement && before.isConnected) before.focus({ preventScroll: true });
    };
  }, [panel, heading, before]);
}
