"use client";

import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { type ReactNode, useEffect, useState } from "react";
import { leaveToSignIn } from "#ui/gate/leave.ts";
import { Connection } from "./connection.ts";
import { ConnectionContext } from "./connection-context.ts";
import { httpOnly, liveLinks } from "./links.ts";
import { trpc } from "./trpc.ts";

const isBrowser = typeof window !== "undefined";

/** The typed calls and the one connection, for everything below. */
export function TrpcProvider({ children }: { children: ReactNode }) {
  const [connection] = useState(() => new Connection());
  const [queries] = useState(() => new QueryClient());
  const [client] = useState(() => trpc.createClient({ links: isBrowser ? liveLinks(connection) : httpOnly() }));

  useEffect(() => {
    connection.onSessionEnded = () => {
      connection.end();
      leaveToSignIn();
    };
    return connection.start();
  }, [connection]);

  return (
    <ConnectionContext value={connection}>
      <trpc.Provider client={client} queryClient={queries}>
        <QueryClientProvider client={queries}>{children}</QueryClientProvider>
      </trpc.Provider>
    </ConnectionContext>
  );
}
