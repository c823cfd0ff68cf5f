"use client";

import { useLinkStatus } from "next/link";

/** Marks the row whose room is on its way, so that a click is answered at once. */
export function PendingRow() {
  const { pending } = useLinkStatus();
  return pending ? <span className="coming" /> : null;
}
