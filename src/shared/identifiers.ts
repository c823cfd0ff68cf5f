import { z } from "zod";

// Apart from what makes and reads them (ids.ts, feed.ts), which the browser needs without a schema library.

/** Any uuid, in lower case, as Postgres prints it: ids are compared as strings. */
export const Id = z.guid("That is not an id.").transform((id) => id.toLowerCase());

/**
 * Where a client stands: `<epoch>.<version>`. The epoch changes when history may have gone backwards (a restored
 * backup, a failover that lost its tail), and with it every cursor becomes unknown.
 */
export const Cursor = z.string().regex(/^[0-9a-f]{12}\.\d{1,15}$/, "That is not a cursor.");
