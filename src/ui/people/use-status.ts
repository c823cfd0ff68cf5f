"use client";

import { useEffect, useReducer } from "react";
import type { Person } from "#shared/people.ts";
import { usePerson } from "#ui/me/use-me.ts";
import { isOver, type Status } from "./status.ts";

/** The longest that a browser's timer can wait. */
const LONGEST_MS = 2 ** 31 - 1;

/** What somebody says of themselves, for as long as they say it. */
export function useStatus(person: Person): Status | null {
  const known = usePerson(person);
  const status = "status" in known ? known.status : null;
  const [, lookAgain] = useReducer((looks: number) => looks + 1, 0);
  useEffect(() => {
    const left = status?.until ? Date.parse(status.until) - Date.now() : 0;
    if (left <= 0) return;
    const timer = setTimeout(lookAgain, Math.min(left + 1, LONGEST_MS));
    return () => clearTimeout(timer);
  }, [status]);
  return status && !isOver(status, Date.now()) ? status : null;
}
