import { notFound } from "next/navigation";
import { signedIn } from "#server/api/caller.ts";

/** Any other address: strangers are led to sign-in here too, so that nobody learns what exists. */
export default async function Missing({ params }: { params: Promise<{ missing: string[] }> }) {
  const { missing } = await params;
  await signedIn(`/${missing.join("/")}`);
  notFound();
}
