"use client";

import { useMemo, useSyncExternalStore } from "react";

/** Where and on which day the viewer is. The server does not know either: it writes in UTC, without a "today". */
export type Clock = { zone: string; today: string | null };

const LOOK_EVERY_MS = 30_000;
const formats = new Map<string, Intl.DateTimeFormat>();

export function useClock(): Clock {
  const now = useSyncExternalStore(subscribe, here, () => "UTC");
  return useMemo(() => {
    const [zone = "UTC", today = null] = now.split(" ");
    return { zone, today };
  }, [now]);
}

/** "14:05" */
export function timeOf(iso: string | number, { zone }: Clock): string {
  return format(zone, "time", { hour: "2-digit", minute: "2-digit", hourCycle: "h23" }).format(new Date(iso));
}

/** "14:05" today, otherwise with its day: "16 October, 14:05"; what is given stands before the time: "by 14:05". */
export function momentOf(iso: string, clock: Clock, by = ""): string {
  const day = dayOf(iso, clock.zone);
  const time = `${by}${timeOf(iso, clock)}`;
  return day === clock.today ? time : `${dayName(day, clock)}, ${time}`;
}

/** "2026-11-20", to compare days by. */
export function dayOf(iso: string | number, zone: string): string {
  return format(zone, "key", { year: "numeric", month: "2-digit", day: "2-digit" })
    .format(new Date(iso))
    .split("/")
    .reverse()
    .join("-");
}

/** "Today, 16 October"; with the year when it is not this one. */
export function dayName(day: string, { today }: Clock): string {
  const date = new Date(`${day}T12:00:00Z`);
  const isThisYear = today?.slice(0, 4) === day.slice(0, 4);
  const name = format("UTC", isThisYear ? "day" : "day and year", {
    day: "numeric",
    month: "long",
    ...(isThisYear ? {} : { year: "numeric" }),
  }).format(date);
  if (day === today) return `Today, ${name}`;
  const yesterday = today && new Date(Date.parse(`${today}T12:00:00Z`) - 86_400_000).toISOString().slice(0, 10);
  return day === yesterday ? `Yesterday, ${name}` : name;
}

function subscribe(onChange: () => void): () => void {
  const timer = setInterval(onChange, LOOK_EVERY_MS);
  return () => clearInterval(timer);
}

function here(): string {
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  return `${zone} ${dayOf(Date.now(), zone)}`;
}

/** A formatter costs a hundred times what formatting does. */
function format(zone: string, use: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = `${zone} ${use}`;
  const known = formats.get(key) ?? new Intl.DateTimeFormat("en-GB", { ...options, timeZone: zone });
  formats.set(key, known);
  return known;
}
