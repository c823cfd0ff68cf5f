"use client";

import { useState } from "react";
import { timeOf, useClock } from "#ui/kit/clock.ts";
import { ChartPlot } from "./chart-plot.tsx";
import type { Scale } from "./scale.ts";

export type Line = { name: string; look: "solid" | "dashed" | "dotted"; values: readonly (number | null)[] };

type Props = {
  title: string;
  /** What is measured, in a sentence. */
  about: string;
  /** The minutes, oldest first; every line has one value for each. */
  times: readonly string[];
  lines: readonly Line[];
  scaleOf: (values: readonly number[]) => Scale;
  words: (value: number) => string;
  /** Said when there is no value at all. */
  empty: string;
};

/** Lines over the last hour. Pointer and arrow keys choose a minute, whose values stand in the legend; else it is the last that has any. */
export function LineChart({ title, about, times, lines, scaleOf, words, empty }: Props) {
  const clock = useClock();
  const [chosen, setChosen] = useState<number | null>(null);
  const known = lines.flatMap(({ values }) => values.filter((value) => value !== null));
  const last = times.findLastIndex((_, n) => lines.some(({ values }) => values[n] != null));
  const at = chosen ?? last;
  const timeAt = (n: number) => timeOf(times[n] ?? 0, clock);
  const wordsAt = ({ values }: Line) => (values[at] == null ? "–" : words(values[at]));
  const valueText = `${lines.map((line) => `${line.name} ${wordsAt(line)}`).join(", ")}, at ${timeAt(at)}`;
  return (
    <figure className="chart">
      <figcaption>
        <h3>{title}</h3>
        <p>{about}</p>
      </figcaption>
      {known.length === 0 ? (
        <p className="nothing">{empty}</p>
      ) : (
        <>
          <p className="legend">
            {lines.map((line) => (
              <span key={line.name}>
                <svg viewBox="0 0 16 2" aria-hidden="true">
                  <path className={`line of-${line.look}`} d="M0 1H16" />
                </svg>
                {lines.length > 1 && line.name} <b className="num">{wordsAt(line)}</b>
              </span>
            ))}
            <time>{timeAt(at)}</time>
          </p>
          <ChartPlot
            label={title}
            lines={lines}
            scale={scaleOf(known)}
            words={words}
            at={at}
            isChosen={chosen !== null}
            valueText={valueText}
            onChoose={setChosen}
          />
          <p className="hour num" aria-hidden="true">
            {[0, Math.floor(times.length / 2), times.length - 1].map((n) => (
              <time key={n}>{timeAt(n)}</time>
            ))}
          </p>
        </>
      )}
    </figure>
  );
}
