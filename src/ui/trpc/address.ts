import type { ErrorData } from "#shared/errors.ts";
import { PATH } from "./path.ts";

/** For every screen of a page whose address the server does not know. */
export const WRONG_ADDRESS = "This server isn't set up for this address. Its owner adds it to APP_ORIGIN.";

/**
 * Asks whether the server takes calls from this page's address. A browser does not say why a socket was refused, and
 * names the origin of a POST but not of a GET to its own site. The two calls do nothing: one does not exist, the other
 * is no mutation. Two different refusals in one batch are answered with 207, which no browser reports as an error.
 */
export async function isAddressRefused(): Promise<boolean> {
  try {
    const headers = { "content-type": "application/json" };
    const response = await fetch(`${PATH}/room.list,none?batch=1`, { method: "POST", headers, body: "{}" });
    const [answer] = [await response.json()].flat() as { error?: { data?: ErrorData } }[];
    return answer?.error?.data?.reason === "FORBIDDEN";
  } catch {
    return false;
  }
}
