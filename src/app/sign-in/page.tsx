import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { isNewServer, serverInfo, viewerOrNull } from "#server/api/caller.ts";
import { Gate } from "#ui/gate/gate.tsx";
import { safeNext, signUpPath } from "#ui/gate/next-path.ts";
import { SignInForm } from "#ui/gate/sign-in-form.tsx";

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };

export function generateMetadata(): Metadata {
  return { title: `Sign in to ${serverInfo().serverName}` };
}

export default async function SignInPage({ searchParams }: Props) {
  const { next: given, after } = await searchParams;
  const next = safeNext(given);
  if (await viewerOrNull()) redirect(next);
  const { serverName, signUp } = serverInfo();
  // On a new server there is nobody who could sign in.
  if (signUp === "open" && (await isNewServer())) redirect(signUpPath(next));
  return (
    <Gate serverName={serverName}>
      <SignInForm
        serverName={serverName}
        next={next}
        canSignUp={signUp === "open"}
        after={after === "signed-up" || after === "ended" ? after : null}
      />
    </Gate>
  );
}
