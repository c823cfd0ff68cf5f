import Check from "lucide-react/icons/check";
import Copy from "lucide-react/icons/copy";
import { type RefObject, useEffect, useState } from "react";
import { copy } from "#ui/kit/clipboard.ts";

const SHOWN_MS = 2_000;

/** Copies code. Without a secure connection browsers have no clipboard to write to: then it is selected, ready to be copied. */
export function CopyCode({ text, code }: { text: string; code: RefObject<HTMLElement | null> }) {
  const [said, setSaid] = useState<"Copied" | "Selected: copy it with your keyboard" | null>(null);
  useEffect(() => {
    if (!said) return;
    const timer = setTimeout(setSaid, SHOWN_MS, null);
    return () => clearTimeout(timer);
  }, [said]);
  const copyOrSelect = async () => {
    const isCopied = await copy(text);
    if (!isCopied && code.current) window.getSelection()?.selectAllChildren(code.current);
    setSaid(isCopied ? "Copied" : "Selected: copy it with your keyboard");
  };
  return (
    <button type="button" className="copy" onClick={() => void copyOrSelect()} aria-label="Copy code" title="Copy code">
      {said === "Copied" ? <Check className="i" /> : <Copy className="i" />}
      <span role="status">{said}</span>
    </button>
  );
}
