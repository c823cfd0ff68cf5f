"use client";

import type { ChangeEvent, FormEvent, KeyboardEvent } from "react";
import { useHydrated } from "#ui/kit/hydrated.ts";
import { useChat } from "#ui/rooms/chat-context.ts";
import { bodyOf, isBlank, lengthOf } from "./body.ts";
import { completeShortcodes } from "./complete-shortcode.ts";
import type { ComposerProps } from "./composer.tsx";
import { breakByKey, formatByKey, isSendingKey } from "./composer-keys.ts";
import type { Autocomplete } from "./use-autocomplete.ts";
import { useDraft } from "./use-draft.ts";

type Field = HTMLTextAreaElement;
type Props = ComposerProps & { draftKey: string };

/** What is written, whether it can go, and what each key does with it. */
export function useWriting(props: Props, autocomplete: Autocomplete) {
  const { draftKey, initialText, onSend, onCancel, onEditLast, onTyping } = props;
  const { messageMaxLength } = useChat().limits;
  const isHydrated = useHydrated();
  const [text, setText] = useDraft(draftKey, initialText);
  const body = bodyOf(text);
  const length = lengthOf(body);
  const isOver = length > messageMaxLength;
  const canSend = !isBlank(body) && !isOver;

  const send = (event?: FormEvent) => {
    event?.preventDefault();
    if (!canSend) return;
    autocomplete.close();
    onSend(body);
    setText("");
  };
  const cancel = onCancel && (() => leave(onCancel, initialText === undefined ? undefined : setText));
  const onChange = ({ target, nativeEvent }: ChangeEvent<Field>) => {
    setText(target.value);
    autocomplete.look();
    if (target.value) onTyping?.();
    // Replacing what an input method is still composing would double it.
    if (!(nativeEvent as InputEvent).isComposing) void completeShortcodes(target, text);
  };
  const onKeyDown = (event: KeyboardEvent<Field>) => {
    // 229: some input methods say so instead of isComposing, and their Enter picks a word.
    if (event.nativeEvent.isComposing || event.keyCode === 229 || !isHydrated) return;
    if (autocomplete.onKey(event) || formatByKey(event, event.currentTarget)) return;
    const act = isSendingKey(event, event.currentTarget) ? send : actionOf(event, text, { onEditLast, cancel });
    if (!act) return breakByKey(event, event.currentTarget);
    event.preventDefault();
    act();
  };
  return { text, length, isOver, canSend, isHydrated, send, cancel, onChange, onKeyDown };
}

/** Out of an edit, whose words are dropped with it; out of a reply, whose words stay the room's draft. */
function leave(onCancel: () => void, setText: ((text: string) => void) | undefined): void {
  setText?.("");
  onCancel();
}

type Acts = { onEditLast: (() => void) | undefined; cancel: (() => void) | undefined };

/** ↑ in an empty field takes the last message back up; Esc goes back. */
function actionOf(event: KeyboardEvent, text: string, { onEditLast, cancel }: Acts): (() => void) | undefined {
  if (event.shiftKey || event.ctrlKey || event.metaKey || event.altKey) return undefined;
  if (event.key === "ArrowUp" && text === "") return onEditLast;
  return event.key === "Escape" ? cancel : undefined;
}
