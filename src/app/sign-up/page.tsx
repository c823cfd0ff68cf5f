import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { isNewServer, serverInfo, viewerOrNull } from "#server/api/caller.ts";
import { Gate } from "#ui/gate/gate.tsx";
import { safeNext } from "#ui/gate/next-path.ts";
import { SignUpClosed } from "#ui/gate/sign-up-closed.tsx";
import { SignUpForm } from "#ui/gate/sign-up-form.tsx";
import { TrpcProvider } from "#ui/trpc/provider.tsx";

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };

export function generateMetadata(): Metadata {
  return { title: `Join ${serverInfo().serverName}` };
}

export default async function SignUpPage({ searchParams }: Props) {
  const next = safeNext((await searchParams).next);
  if (await viewerOrNull()) redirect(next);
  const { serverName, signUp } = serverInfo();
  return (
    <Gate serverName={serverName}>
      {signUp === "open" ? (
        <TrpcProvider>
          <SignUpForm serverName={serverName} next={next} isFirst={await isNewServer()} />
        </TrpcProvider>
      ) : (
        <SignUpClosed serverName={serverName} next={next} />
      )}
    </Gate>
  );
}
