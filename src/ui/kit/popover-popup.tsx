"use client";

import { Popover } from "@base-ui/react/popover";
import type { PopoverPopupProps } from "./popover.tsx";

/** What an open popover is made of. */
export function PopoverPopup(props: PopoverPopupProps) {
  const {
    label,
    anchor,
    isOpen,
    onClose,
    children,
    side = "bottom",
    align = "start",
    initialFocus,
    finalFocus,
  } = props;
  return (
    <Popover.Root open={isOpen} modal="trap-focus" onOpenChange={(isNowOpen) => isNowOpen || onClose()}>
      <Popover.Portal>
        <Popover.Backdrop className="sheet-scrim" />
        <Popover.Positioner
          className="floating"
          anchor={anchor}
          side={side}
          align={align}
          sideOffset={6}
          collisionPadding={8}
        >
          <Popover.Popup
            className="popover"
            aria-label={label}
            finalFocus={finalFocus ?? (() => anchor)}
            {...(initialFocus ? { initialFocus } : {})}
          >
            {children}
            <Popover.Close className="sr">Close</Popover.Close>
          </Popover.Popup>
        </Popover.Positioner>
      </Popover.Portal>
    </Popover.Root>
  );
}
