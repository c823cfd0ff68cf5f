import superjson from "superjson";
import { answer } from "../answer.ts";
import { serveFeeds } from "./trpc-feeds.ts";

/** The same with superjson, as most starters set it up. Dates stay strings, so that it carries the same words as the others: in its favour. */
answer({ start: ({ url }: { url: string }) => serveFeeds(url, superjson) });
