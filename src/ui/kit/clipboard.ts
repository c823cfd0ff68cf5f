import { toast } from "./toast-store.ts";

/** Puts text on the clipboard. False where the browser keeps it closed, as for pages on plain http. */
export async function copy(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return false;
  }
}

/** Copies an address and says so; where that cannot be, it is shown, to copy by hand. */
export async function copyAddress(address: string, done: { title: string; body?: string }): Promise<void> {
  toast((await copy(address)) ? done : { title: "Copy this address", body: address, stays: true });
}

export async function copyText(text: string): Promise<void> {
  if (await copy(text)) toast({ title: "Text copied" });
  else toast({ title: "This browser doesn't let pages copy", body: "Select the words and copy them yourself." });
}
