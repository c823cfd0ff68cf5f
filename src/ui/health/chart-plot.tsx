"use client";

import type { KeyboardEvent, PointerEvent } from "react";
import type { Line } from "./line-chart.tsx";
import { pathOf, type Scale } from "./scale.ts";

type Props = {
  label: string;
  lines: readonly Line[];
  scale: Scale;
  words: (value: number) => string;
  /** The minute whose values are told, and whether somebody chose it. */
  at: number;
  isChosen: boolean;
  valueText: string;
  onChoose: (at: number | null) => void;
};

/** The lines themselves. To the keyboard and to a screen reader it is a slider along the hour. */
export function ChartPlot({ label, lines, scale, words, at, isChosen, valueText, onChoose }: Props) {
  const most = (lines[0]?.values.length ?? 1) - 1;
  const choose = (minute: number) => onChoose(Math.min(most, Math.max(0, minute)));
  const point = ({ currentTarget, clientX }: PointerEvent) => {
    const { left, width } = currentTarget.getBoundingClientRect();
    choose(Math.round(((clientX - left) / width) * most));
  };
  const press = (event: KeyboardEvent) => {
    const steps: Record<string, number> = { ArrowLeft: at - 1, ArrowRight: at + 1, Home: 0, End: most };
    const minute = steps[event.key];
    if (minute === undefined) return;
    event.preventDefault();
    choose(minute);
  };
  return (
    <div
      className="plot"
      role="slider"
      tabIndex={0}
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={most}
      aria-valuenow={at}
      aria-valuetext={valueText}
      onKeyDown={press}
      onBlur={() => onChoose(null)}
      onPointerMove={point}
      onPointerDown={point}
      onPointerLeave={() => onChoose(null)}
    >
      {scale.ticks.map((tick) => (
        <span key={tick} className="tick num" style={{ bottom: `${scale.at(tick) * 100}%` }} aria-hidden="true">
          {words(tick)}
        </span>
      ))}
      <svg viewBox="0 0 1 1" preserveAspectRatio="none" aria-hidden="true">
        {isChosen && <path className="chosen" d={`M${at / most} 0V1`} />}
        {lines.map(({ name, look, values }) => (
          <path key={name} className={`line of-${look}`} d={pathOf(values, scale)} />
        ))}
      </svg>
    </div>
  );
}
