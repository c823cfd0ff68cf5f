import { answer } from "../answer.ts";
import { serveFeeds } from "./trpc-feeds.ts";

/** tRPC's stock subscription, in plain JSON. */
answer({ start: ({ url }: { url: string }) => serveFeeds(url) });
