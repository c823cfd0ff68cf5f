import { signInPath } from "./next-path.ts";

let isByChoice = false;
let hasEnded = false;

/** To the sign-in page, and from there back to here. A full load: nothing of the session that ended stays in memory. */
export function leaveToSignIn(): void {
  if (isByChoice) hasEnded = true;
  else location.assign(signInPath(location.pathname + location.search, "ended"));
}

/** Signs out. That the session ends meanwhile is what was asked for, also when the answer to it is lost. */
export async function leaveByChoice(signOut: () => Promise<unknown>): Promise<void> {
  isByChoice = true;
  try {
    await signOut();
  } catch (error) {
    isByChoice = false;
    if (!hasEnded) throw error;
  }
  location.assign("/sign-in");
}
