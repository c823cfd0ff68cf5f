"use client";

import { type KeyboardEvent, type ReactNode, useId, useRef } from "react";

type Tab<T extends string> = { value: T; label: ReactNode };
type Props<T extends string> = {
  label: string;
  tabs: readonly Tab<T>[];
  value: T;
  onChoose: (value: T) => void;
  children: ReactNode;
};

const STEPS: Record<string, number> = { ArrowLeft: -1, ArrowRight: 1 };

/** A few views of one thing. Arrows walk, Tab goes on to what is shown. */
export function Tabs<T extends string>({ label, tabs, value, onChoose, children }: Props<T>) {
  const id = useId();
  const list = useRef<HTMLDivElement>(null);
  const walk = (event: KeyboardEvent) => {
    const at = tabs.findIndex((tab) => tab.value === value);
    const ends: Record<string, number> = { Home: 0, End: tabs.length - 1 };
    const to = ends[event.key] ?? (at + (STEPS[event.key] ?? 0) + tabs.length) % tabs.length;
    const next = tabs[to];
    if (!next || to === at) return;
    event.preventDefault();
    onChoose(next.value);
    list.current?.querySelectorAll<HTMLElement>("[role=tab]")[to]?.focus();
  };
  return (
    <>
      <div ref={list} className="tab-list" role="tablist" aria-label={label} onKeyDown={walk}>
        {tabs.map((tab) => (
          <button
            key={tab.value}
            type="button"
            role="tab"
            id={`${id}-${tab.value}`}
            aria-selected={tab.value === value}
            aria-controls={`${id}-shown`}
            tabIndex={tab.value === value ? 0 : -1}
            onClick={() => onChoose(tab.value)}
          >
            {tab.label}
          </button>
        ))}
      </div>
      <div id={`${id}-shown`} className="tab-shown" role="tabpanel" aria-labelledby={`${id}-${value}`}>
        {children}
      </div>
    </>
  );
}
