"use client";

import { useRouter } from "next/navigation";
import { useCallback } from "react";
import { toast } from "#ui/kit/toast-store.ts";
import type { Connection } from "#ui/trpc/connection.ts";
import { useConnection } from "#ui/trpc/connection-context.ts";

/** How long a server that is asked whether it is there may take, in ms. */
const ANSWER_MS = 3_000;

let choices = 0;

/** That somebody chose where to go: whatever was chosen before and still waits for an answer does not come. */
export function noteChoice(): number {
  choices += 1;
  return choices;
}

/**
 * To a page that the server renders. Where it does not answer one stays: the browser would put its own error in the place
 * of the whole product, with everything that waits in it.
 */
export function useGo(): (path: string) => void {
  const router = useRouter();
  const connection = useConnection();
  return useCallback(
    (path) => {
      const [mine, from] = [noteChoice(), location.href];
      if (connection.isHeard) return router.push(path);
      void answers(connection).then((does) => {
        // Whoever went elsewhere meanwhile is not taken back.
        if (mine !== choices || from !== location.href) return;
        if (does) router.push(path);
        else stay();
      });
    },
    [router, connection],
  );
}

async function answers(connection: Connection): Promise<boolean> {
  if (connection.getState() === "offline") return false;
  const answer = await fetch("/healthz", { cache: "no-store", signal: AbortSignal.timeout(ANSWER_MS) }).catch(
    () => null,
  );
  // A proxy that keeps this address to itself has answered, too.
  return answer !== null && answer.status < 500;
}

function stay(): void {
  toast({
    title: "That page needs the server",
    body: "It doesn't answer, so you're still here. What you wrote is kept.",
  });
}
