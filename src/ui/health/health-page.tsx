"use client";

import { useQuery } from "@tanstack/react-query";
import ChevronLeft from "lucide-react/icons/chevron-left";
import CircleCheck from "lucide-react/icons/circle-check";
import TriangleAlert from "lucide-react/icons/triangle-alert";
import type { ReactNode } from "react";
import type { Health } from "#shared/health.ts";
import { timeOf, useClock } from "#ui/kit/clock.ts";
import { Skeleton } from "#ui/kit/skeleton.tsx";
import { PageLink } from "#ui/rooms/page-link.tsx";
import { useClient } from "#ui/trpc/client-context.ts";
import { queries } from "#ui/trpc/queries.ts";
import { concernsOf } from "./concerns.ts";
import { HourCharts } from "./hour-charts.tsx";
import { NodeList } from "./node-list.tsx";
import { countWords } from "./words.ts";

/** As often as a node says something new, halved; not while nobody looks. */
const LOOK_EVERY_MS = 5_000;

/** How the server is. Asked again and again while it is on screen: there is no feed of it. */
export function HealthPage() {
  const client = useClient();
  const { data, isError, refetch } = useQuery(
    { queryKey: ["health"], queryFn: () => client.health.read.query(), refetchInterval: LOOK_EVERY_MS, retry: 1 },
    queries(),
  );
  return (
    <main className="settings health">
      <header className="bar">
        <PageLink className="tool back" href="/settings" aria-label="Back to settings">
          <ChevronLeft className="i l" />
        </PageLink>
        <div className="title">
          <h1>Server health</h1>
        </div>
      </header>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reachable by keyboard */}
      <section className="page" aria-label="Server health" tabIndex={0}>
        <div>
          {isError && <NotRead health={data} retry={() => void refetch()} />}
          {data ? <HealthOf health={data} /> : !isError && <Skeleton shape="person" count={4} label="Loading health" />}
        </div>
      </section>
    </main>
  );
}

/** What was known stays on screen, and says from when it is. */
function NotRead({ health, retry }: { health: Health | undefined; retry: () => void }) {
  const clock = useClock();
  return (
    <p className="nothing" role="status">
      {health
        ? `Health can't be read right now. This is how it was at ${timeOf(health.at, clock)}. `
        : "Health didn't load. "}
      <button type="button" className="text-button" onClick={retry}>
        Try again
      </button>
    </p>
  );
}

function HealthOf({ health }: { health: Health }) {
  const running = health.nodes.filter(({ state }) => state !== "stopped" && state !== "silent");
  return (
    <>
      <section>
        <h2 className="as-title">Server health</h2>
        <Concerns health={health} />
      </section>
      <section>
        <h2>{countWords(running.length, "node")}</h2>
        <p>Each says how it is every ten seconds. Those that left or died stay here for an hour.</p>
        <NodeList nodes={health.nodes} at={health.at} />
      </section>
      <section>
        <h2>The last hour</h2>
        <HourCharts minutes={health.minutes} />
      </section>
      <section>
        <h2>Postgres</h2>
        <dl className="figures">
          <Figure name="Commits that wait for the lock of NOTIFY">{health.lockWaiters}</Figure>
          <Figure name="Queue of notifications">{`${(health.queueUsage * 100).toFixed(1)} % full`}</Figure>
        </dl>
      </section>
    </>
  );
}

function Figure({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd className="num">{children}</dd>
    </div>
  );
}

function Concerns({ health }: { health: Health }) {
  const concerns = concernsOf(health);
  return (
    <ul className="concerns" aria-label="What to look at" aria-live="polite">
      {concerns.length === 0 && (
        <li className="is-well">
          <CircleCheck className="i" />
          <span>All is well.</span>
        </li>
      )}
      {concerns.map(({ key, isGrave, words }) => (
        <li key={key} className={isGrave ? "is-grave" : "is-mild"}>
          <TriangleAlert className="i" />
          <span>{words}</span>
        </li>
      ))}
    </ul>
  );
}
