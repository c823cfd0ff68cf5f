import Link from "next/link";
import { signInPath } from "./next-path.ts";

export function SignUpClosed({ serverName, next }: { serverName: string; next: string }) {
  return (
    <section className="closed">
      <h1>New accounts are closed</h1>
      <p>Ask whoever runs {serverName} to let you in.</p>
      <p className="alt">
        Already have an account? <Link href={signInPath(next)}>Sign in</Link>
      </p>
    </section>
  );
}
