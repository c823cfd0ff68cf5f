"use client";

import type { FormEvent, ReactNode, RefObject } from "react";
import { part, usePart } from "./part.ts";

export type DialogProps = {
  title: string;
  isOpen: boolean;
  onClose: () => void;
  children: ReactNode;
  /** One sentence under the title. */
  about?: ReactNode;
  /** The buttons at its end. */
  actions?: ReactNode;
  /** Given, the dialog is a form, and its main action submits it. */
  onSubmit?: (event: FormEvent<HTMLFormElement>) => void;
  /** What the form was refused for, another object at each refusal. */
  wrong?: object;
  size?: "s" | "m" | "l";
  /** A question that has to be answered: no way out by a click beside it, small also on a phone. */
  isQuestion?: boolean;
  initialFocus?: RefObject<HTMLElement | null>;
  /** Where the focus goes when it closes, if not back to where it came from. */
  goOn?: () => HTMLElement | undefined;
};

const popup = part(() => import("./dialog-popup.tsx").then((module) => module.DialogPopup));

/** What needs all of one's attention. Holds the focus and gives it back; a sheet of full height on a phone. */
export function Dialog(props: DialogProps) {
  const Popup = usePart(popup, props.isOpen, props.onClose);
  return Popup && <Popup {...props} />;
}
