import { signInPath } from "./next-path.ts";

/** To the sign-in page, and from there back to here. A full load: nothing of the session that ended stays in memory. */
export function leaveToSignIn(): void {
  location.assign(signInPath(location.pathname + location.search));
}
