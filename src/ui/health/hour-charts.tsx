"use client";

import type { Percentiles } from "#shared/durations.ts";
import type { HealthMinute } from "#shared/health.ts";
import { type Line, LineChart } from "./line-chart.tsx";
import { linear, logarithmic } from "./scale.ts";
import { durationWords, numberWords } from "./words.ts";

const QUIET = "Nobody has sent anything in this hour.";
const YOUNG = "The first minute is being counted.";

/** The last hour of all nodes together. */
export function HourCharts({ minutes }: { minutes: readonly HealthMinute[] }) {
  const times = minutes.map(({ at }) => at);
  const isYoung = minutes.every(({ sends }) => sends === null);
  const delays = (of: "delivery" | "acknowledgement"): Line[] => [
    { name: "p50", look: "solid", values: minutes.map((minute) => part(minute[of], "p50")) },
    { name: "p95", look: "dashed", values: minutes.map((minute) => part(minute[of], "p95")) },
    { name: "p99", look: "dotted", values: minutes.map((minute) => part(minute[of], "p99")) },
  ];
  const one = (name: string, of: "sends" | "sockets"): Line[] => [
    { name, look: "solid", values: minutes.map((minute) => minute[of]) },
  ];
  const common = { times, empty: isYoung ? YOUNG : QUIET };
  return (
    <div className="charts">
      <LineChart
        {...common}
        title="Delivery"
        about="From the database to the sockets"
        lines={delays("delivery")}
        scaleOf={logarithmic}
        words={durationWords}
      />
      <LineChart
        {...common}
        title="Delivery to the device"
        about="There and back, asked of one a second"
        lines={delays("acknowledgement")}
        scaleOf={logarithmic}
        words={durationWords}
      />
      <LineChart
        {...common}
        title="Messages"
        about="Sent, each minute"
        lines={one("Messages", "sends")}
        scaleOf={linear}
        words={numberWords}
      />
      <LineChart
        {...common}
        title="Sockets"
        about="Open, at the end of each minute"
        lines={one("Sockets", "sockets")}
        scaleOf={linear}
        words={numberWords}
      />
    </div>
  );
}

const part = (of: Percentiles | null, name: keyof Percentiles) => of?.[name] ?? null;
