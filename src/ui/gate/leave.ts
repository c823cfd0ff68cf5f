import { signInPath } from "./next-path.ts";

let isByChoice = false;

/** To the sign-in page, and from there back to here. A full load: nothing of the session that ended stays in memory. */
export function leaveToSignIn(): void {
  if (!isByChoice) location.assign(signInPath(location.pathname + location.search, "ended"));
}

/** Signs out. That the session ends meanwhile is what was asked for, and leads nowhere else. */
export async function leaveByChoice(signOut: () => Promise<unknown>): Promise<void> {
  isByChoice = true;
  try {
    await signOut();
    location.assign("/sign-in");
  } catch (error) {
    isByChoice = false;
    throw error;
  }
}
