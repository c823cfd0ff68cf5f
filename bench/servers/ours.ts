import { createServer } from "node:http";
import { usePool } from "#server/db/pool.ts";
import { env } from "#server/env.ts";
import { LiveNode } from "#server/realtime/live-node.ts";
import { httpHandler } from "#server/web/http.ts";
import { upgradeHandler } from "#server/web/upgrade.ts";
import { answer } from "../answer.ts";
import { listening } from "./bare.ts";

/** The whole server of the product but its pages: sessions, membership, caps, rates, metrics and all. See server.ts. */
async function start(): Promise<number> {
  const { DATABASE_URL: url = "", MESSAGE_MAX_LENGTH, RATE_MESSAGES_PER_MINUTE } = env();
  const db = usePool(url);
  const limits = { messageMaxLength: MESSAGE_MAX_LENGTH, messagesPerMinute: RATE_MESSAGES_PER_MINUTE };
  const node = new LiveNode({ url, db, ...limits });
  await node.start();
  const isStopping = () => false;
  const http = createServer(
    httpHandler({ node, db, isStopping }, async (_, response) => void response.writeHead(404).end()),
  );
  http.on("upgrade", upgradeHandler({ node, isStopping, toNext: () => false }));
  return listening(http);
}

answer({ start });
