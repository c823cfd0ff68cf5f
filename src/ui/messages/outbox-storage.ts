import { type DBSchema, type IDBPDatabase, type IDBPObjectStore, openDB } from "idb";
import { IN_ROOM, type OutboxEntry } from "./outbox-entry.ts";

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
    opened ??= open<OutboxSchema>(`earshot-outbox-${userId}`, 2, {
      upgrade: (db, oldVersion, _newVersion, transaction) => {
        if (oldVersion === 0) db.createObjectStore("entry", { keyPath: "clientId" });
        else void placeAll(transaction.objectStore("entry"));
      },
      // A newer page wants to upgrade: one that does not let go keeps it from starting.
      blocking: (_currentVersion, _blockedVersion, event) => (event.target as IDBDatabase).close(),
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

/** What waited before messages could answer one another waits in its room. */
async function placeAll(store: IDBPObjectStore<OutboxSchema, "entry"[], "entry", "versionchange">): Promise<void> {
  for (const entry of await store.getAll()) await store.put({ ...IN_ROOM, ...entry });
}
