import type { ServerResponse } from "node:http";
import type pg from "pg";
import type { LiveNode } from "../realtime/live-node.ts";

const ANSWER_MS = 2_000;

export type Health = {
  node: LiveNode;
  db: pg.Pool;
  isStopping: () => boolean;
  /** Where several nodes share a port: the numbers of all of them. Never throws. */
  scrape?: () => Promise<string>;
};

function answer(response: ServerResponse, status: number, body: unknown): void {
  response
    .writeHead(status, { "content-type": "application/json", "cache-control": "no-store" })
    .end(JSON.stringify(body));
}

async function isDatabaseWell(db: pg.Pool): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<boolean>((resolve) => {
    timer = setTimeout(() => resolve(false), ANSWER_MS);
  });
  const asked = db.query("select 1").then(
    () => true,
    () => false,
  );
  const isWell = await Promise.race([asked, late]);
  clearTimeout(timer);
  return isWell;
}

/** The three paths for those who run it. True when the path was one of them. */
export function answerHealth(path: string, response: ServerResponse, health: Health): boolean {
  if (path === "/healthz") answer(response, 200, { status: "alive" });
  else if (path === "/readyz") void answerReady(response, health);
  else if (path === "/metrics") void answerMetrics(response, health);
  else return false;
  return true;
}

/** Green when this node should be sent people: Postgres answers, LISTEN is live, and it is not on its way out. */
async function answerReady(response: ServerResponse, { node, db, isStopping }: Health): Promise<void> {
  const isWell = await isDatabaseWell(db);
  const listening = node.listener.state;
  const isReady = isWell && listening === "live" && !isStopping();
  const status = isReady ? "ready" : isStopping() ? "stopping" : "not ready";
  answer(response, isReady ? 200 : 503, { status, database: isWell ? "ok" : "unreachable", listening });
}

async function answerMetrics(response: ServerResponse, { node, scrape }: Health): Promise<void> {
  const { registry } = node.metrics;
  response.writeHead(200, { "content-type": registry.contentType }).end(await (scrape?.() ?? registry.metrics()));
}
