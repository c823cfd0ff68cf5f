"use client";

import { AlertDialog } from "@base-ui/react/alert-dialog";
import { Dialog } from "@base-ui/react/dialog";
import X from "lucide-react/icons/x";
import { useRef } from "react";
import type { DialogProps } from "./dialog.tsx";
import { useFocusWrong } from "./use-focus-wrong.ts";
import { useWentOn } from "./went-on.ts";

const FIELDS = ".dialog-body :is(input, textarea, select):not(:disabled)";
const BUTTONS = ".dialog-body :is(button, a[href]):not(:disabled), footer button:not(:disabled)";

/** What an open dialog is made of. */
export function DialogPopup({
  isOpen,
  onClose,
  isQuestion = false,
  size = "s",
  initialFocus,
  goOn,
  ...rest
}: DialogProps) {
  const Root = isQuestion ? AlertDialog.Root : Dialog.Root;
  const popup = useRef<HTMLDivElement>(null);
  const find = (what: string) => popup.current?.querySelector<HTMLElement>(what);
  // What is to be written, or else done: not the button that closes it. A finger's keyboard waits until a field is touched.
  const first = (by: string) => by === "touch" || find(FIELDS) || find(BUTTONS) || true;
  const finalFocus = useWentOn(isOpen, () => goOn?.() ?? true);
  return (
    <Root open={isOpen} onOpenChange={(isNowOpen) => isNowOpen || onClose()}>
      <Dialog.Portal>
        <Dialog.Backdrop className="scrim" />
        <Dialog.Viewport className={isQuestion ? "dialog-place question" : "dialog-place"}>
          <Dialog.Popup
            ref={popup}
            className={`dialog ${size}`}
            initialFocus={initialFocus ?? first}
            finalFocus={finalFocus}
          >
            <Body {...rest} isQuestion={isQuestion} />
          </Dialog.Popup>
        </Dialog.Viewport>
      </Dialog.Portal>
    </Root>
  );
}

type BodyProps = Pick<DialogProps, "title" | "about" | "children" | "actions" | "onSubmit" | "wrong" | "isQuestion">;

function Body({ title, about, children, actions, onSubmit, wrong, isQuestion }: BodyProps) {
  const form = useRef<HTMLFormElement>(null);
  useFocusWrong(form, wrong ?? null);
  const inside = (
    <>
      <div className="dialog-body">{children}</div>
      {actions && <footer>{actions}</footer>}
    </>
  );
  return (
    <>
      <header>
        <Dialog.Title>{title}</Dialog.Title>
        {!isQuestion && (
          <Dialog.Close className="tool" aria-label="Close">
            <X className="i" />
          </Dialog.Close>
        )}
      </header>
      {about && <Dialog.Description className="dialog-about">{about}</Dialog.Description>}
      {onSubmit ? (
        <form ref={form} method="post" noValidate onSubmit={onSubmit}>
          {inside}
        </form>
      ) : (
        inside
      )}
    </>
  );
}
