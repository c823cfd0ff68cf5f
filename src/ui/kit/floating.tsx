"use client";

import { Confirmations } from "./confirmations.tsx";
import { Tips } from "./tips.tsx";
import { Toasts } from "./toasts.tsx";

/** What floats over every screen: rendered once, beside the columns. */
export function Floating() {
  return (
    <>
      <Confirmations />
      <Tips />
      <Toasts />
    </>
  );
}
