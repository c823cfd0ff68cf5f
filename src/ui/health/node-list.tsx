"use client";

import Server from "lucide-react/icons/server";
import type { NodeHealth } from "#shared/health.ts";
import { type Clock, timeOf, useClock } from "#ui/kit/clock.ts";
import { countWords, durationWords, sizeWords, spanWords } from "./words.ts";

/** Every node of the last hour, those that run first. */
export function NodeList({ nodes, at }: { nodes: readonly NodeHealth[]; at: string }) {
  const clock = useClock();
  return (
    <ul className="devices nodes" aria-label="Nodes">
      {nodes.map((node) => {
        const silentFor = (Date.parse(at) - Date.parse(node.reportedAt)) / 1_000;
        return (
          <li key={node.id} className="device">
            <Server className="i l" />
            <div>
              <b>
                {node.host} <span className="num">{node.pid}</span>
              </b>
              <small>{node.state === "stopped" || node.state === "silent" ? lastWords(node) : figures(node)}</small>
            </div>
            <span className={`state is-${node.state}`}>{stateWords(node, silentFor, clock)}</span>
          </li>
        );
      })}
    </ul>
  );
}

function stateWords({ state, reportedAt }: NodeHealth, silentFor: number, clock: Clock): string {
  switch (state) {
    case "live":
      return "Live";
    case "catching-up":
      return "Catching up";
    case "polling":
      return "Polling";
    case "silent":
      return `Silent for ${spanWords(silentFor)}`;
    case "stopped":
      return `Stopped at ${timeOf(reportedAt, clock)}`;
  }
}

function lastWords({ uptimeSeconds }: NodeHealth): string {
  return `Ran for ${spanWords(uptimeSeconds)}`;
}

/** A line ends between figures, not between a number and what it counts. */
function figures(node: NodeHealth): string {
  return [
    `${countWords(node.people, "person", "people")} on ${countWords(node.sockets, "socket")}`,
    node.socketsBehind > 0 && `${node.socketsBehind} behind`,
    node.evictions > 0 && `${node.evictions} cut off`,
    node.heartbeatMs !== null && `hears in ${durationWords(node.heartbeatMs)}`,
    sizeWords(node.memoryBytes),
    `up ${spanWords(node.uptimeSeconds)}`,
  ]
    .filter((figure) => figure !== false)
    .map((figure) => figure.replaceAll(" ", "\u00a0"))
    .join("\u00a0· ");
}
