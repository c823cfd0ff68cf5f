import { toast } from "#ui/kit/toast-store.ts";
import { refusalOf } from "#ui/trpc/refusal.ts";

/** Does something whose failure has no better place than a notice. Answers whether it went well. */
export async function attempt(title: string, call: () => Promise<unknown>): Promise<boolean> {
  try {
    await call();
    return true;
  } catch (error) {
    toast({ title, body: sentenceOf(error) });
    return false;
  }
}

/** What the server said, or that it said nothing. */
export function sentenceOf(error: unknown): string {
  return refusalOf(error).sentence || "The server didn't answer. Try again in a moment.";
}
