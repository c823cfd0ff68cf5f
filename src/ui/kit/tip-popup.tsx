"use client";

import { Tooltip } from "@base-ui/react/tooltip";
import type { Tip } from "./tip-watch.ts";

/** The name of a button, beside it. Hidden from screen readers, who have read it on the button. */
export function TipPopup({ anchor, text, keys }: Tip) {
  return (
    <Tooltip.Root open disableHoverablePopup>
      <Tooltip.Portal>
        <Tooltip.Positioner className="tip-place" anchor={anchor} side="top" sideOffset={6} collisionPadding={8}>
          <Tooltip.Popup className="tip" aria-hidden="true">
            {text}
            {keys && <kbd>{keys}</kbd>}
          </Tooltip.Popup>
        </Tooltip.Positioner>
      </Tooltip.Portal>
    </Tooltip.Root>
  );
}
