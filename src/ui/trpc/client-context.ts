"use client";

import { createContext, useContext } from "react";
import type { Client } from "./client.ts";

export const ClientContext = createContext<Client | null>(null);

/** The typed calls. */
export function useClient(): Client {
  const client = useContext(ClientContext);
  if (!client) throw new Error("useClient is called outside TrpcProvider");
  return client;
}
