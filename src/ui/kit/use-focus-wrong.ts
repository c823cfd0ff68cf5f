import { type RefObject, useEffect } from "react";

/**
 * Takes the focus to the first thing that a form was refused for, at every refusal: `wrong` is another object each time.
 * Whoever has gone on elsewhere meanwhile is left there. Without a field to name it goes to `otherwise`, a selector.
 */
export function useFocusWrong(form: RefObject<HTMLFormElement | null>, wrong: object | null, otherwise?: string): void {
  useEffect(() => {
    const { activeElement, body } = document;
    if (!form.current || !wrong || Object.keys(wrong).length === 0) return;
    if (activeElement !== body && !form.current.contains(activeElement)) return;
    const field = form.current.querySelector<HTMLElement>("[aria-invalid]");
    (field ?? (otherwise ? form.current.querySelector<HTMLElement>(otherwise) : null))?.focus();
  }, [form, wrong, otherwise]);
}
