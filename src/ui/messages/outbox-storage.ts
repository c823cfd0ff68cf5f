import { type DBSchema, type IDBPDatabase, openDB } from "idb";
import type { OutboxEntry } from "./outbox-entry.ts";

interface OutboxSchema extends DBSchema {
  entry: { key: string; value: OutboxEntry };
}

/** Where what waits outlives a reload, a crash and a sign-out. */
export type OutboxStorage = {
  all(): Promise<OutboxEntry[]>;
  put(entry: OutboxEntry): Promise<void>;
  remove(clientId: string): Promise<void>;
};

/** One database per person, so that two who share a device never send each other's words. `open` is there for tests. */
export function outboxStorage(userId: string, open: typeof openDB = openDB): OutboxStorage {
  let opened: Promise<IDBPDatabase<OutboxSchema>> | null = null;
  const forget = () => {
    opened = null;
  };
  const database = () => {
    opened ??= open<OutboxSchema>(`earshot-outbox-${userId}`, 1, {
      upgrade: (db) => void db.createObjectStore("entry", { keyPath: "clientId" }),
      terminated: forget,
    }).catch((error) => {
      // A full disk or a locked profile may be over by the next time; a refusal that is remembered never is.
      forget();
      throw error;
    });
    return opened;
  };
  return {
    all: async () => (await database()).getAll("entry"),
    put: async (entry) => void (await (await database()).put("entry", entry)),
    remove: async (clientId) => (await database()).delete("entry", clientId),
  };
}
