import { toast } from "#ui/kit/toast-store.ts";

/** Puts a message's address on the clipboard; where the browser keeps that closed, it is shown, to copy by hand. */
export async function copyLinkOf(address: string): Promise<void> {
  if (await copy(address)) toast({ title: "Link copied" });
  else toast({ title: "Copy this link", body: address, stays: true });
}

export async function copyTextOf(body: string): Promise<void> {
  if (await copy(body)) toast({ title: "Text copied" });
  else toast({ title: "This browser doesn't let pages copy", body: "Select the words and copy them yourself." });
}

/** The clipboard is closed to pages on plain http. */
async function copy(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return false;
  }
}
