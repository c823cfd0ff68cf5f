"use client";

import { useEffect, useState } from "react";
import { part, usePart, warm } from "./part.ts";
import { type Tip, watchTips } from "./tip-watch.ts";

const popup = part(() => import("./tip-popup.tsx").then((module) => module.TipPopup));

/**
 * Shows the name of whatever has `data-tip`, and its key from `data-tip-keys`: one listener for the page, because hundreds of
 * rows have five such buttons each. Never for a finger, which has no hover. The name itself is the button's aria-label.
 */
export function Tips() {
  const [tip, setTip] = useState<Tip | null>(null);
  useEffect(
    () =>
      watchTips((next) => {
        if (next) warm(popup);
        setTip(next);
      }),
    [],
  );
  // A tip that does not load is no news: nobody asked for it.
  const Popup = usePart(popup, false, ignore);
  return Popup && tip && <Popup {...tip} />;
}

function ignore(): void {}
