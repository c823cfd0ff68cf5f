import type { Check, Violation } from "../evidence.ts";
import { quoted } from "./asks.ts";
import { compare } from "./lists.ts";

/** I8: what was known, with the changes that came, is what a device that has just opened the room is shown. */
export const checkFresh: Check = ({ devices }) =>
  devices.flatMap(({ device, rooms }) =>
    Object.entries(rooms).flatMap(([roomId, { lines, floor, fresh }]) => {
      if (!fresh) return [];
      const begin = Math.max(floor, fresh[0]?.seq ?? 0);
      const known = lines.filter(({ seq }) => seq >= begin);
      const tell = (message: string, messageId?: string): Violation => ({
        invariant: "I8",
        message: `${device}, compared with a fresh page, ${message}`,
        about: { device, roomId, ...(messageId && { messageId }) },
      });
      return compare(
        known,
        fresh.filter(({ seq }) => seq >= begin),
        tell,
      );
    }),
  );

/** What a node may hold more after a run than before it: code that was compiled, rings, pools. A leak of sockets or journals is more. */
const GROWTH_MB = 200;

/**
 * I9, as far as it can be seen from outside: when all is quiet nodes hold nothing for clients that are not there, nobody is
 * behind, and memory is back near its base. How much a socket may queue on the way is held by backpressure.pg.test.ts.
 */
export const checkMemory: Check = ({ nodes, devices }) => {
  const tell = (message: string): Violation => ({ invariant: "I9", message, about: {} });
  const grown = nodes.filter(({ rssMegabytes: { before, after } }) => after > before + GROWTH_MB);
  const rooms = devices.flatMap((end) => Object.keys(end.rooms)).length;
  const most = { sockets: devices.length, socketsBehind: 0, seats: rooms, inboxes: devices.length };
  return [
    ...grown.map(({ node, rssMegabytes }) =>
      tell(`${node} held ${rssMegabytes.before} MB before, and ${rssMegabytes.after} MB after`),
    ),
    ...(Object.keys(most) as (keyof typeof most)[]).flatMap((name) => {
      const held = nodes.reduce((sum, node) => sum + node.held[name], 0);
      return held <= most[name] ? [] : [tell(`the nodes hold ${held} ${name} for ${most[name]}`)];
    }),
  ];
};

/** I10: after the last fault everybody agrees with the tables within the bound. */
export const checkTimes: Check = ({ devices, times: { healedAt, boundMs } }) =>
  devices.flatMap(({ device, agreedAt }) => {
    const tookMs = agreedAt === null ? null : agreedAt - healedAt;
    if (tookMs !== null && tookMs <= boundMs) return [];
    const message = `${device} ${tookMs === null ? "never agreed" : `took ${tookMs} ms to agree`} with the tables; the bound is ${boundMs} ms`;
    return [{ invariant: "I10", message, about: { device } }];
  });

/** I11: nothing was thrown that nobody caught, and no node logged an error. */
export const checkLogs: Check = ({ nodes, uncaught }) => [
  ...nodes.flatMap(({ node, errors }) =>
    errors
      .slice(0, 3)
      .map((line): Violation => ({ invariant: "I11", message: `${node} logged: ${line.slice(0, 2_000)}`, about: {} })),
  ),
  ...uncaught.map((error): Violation => ({ invariant: "I11", message: `among the devices: ${error}`, about: {} })),
];

/**
 * I12, as far as this product has notifications: somebody is called by a message at most once (badges are counts, I5), and no
 * message is on a screen both as sent and as waiting. There is no push and no mail yet.
 */
export const checkCalls: Check = ({ ledger, devices }) => [
  ...ledger.mentions.flatMap(({ messageId, count }): Violation[] =>
    count > 1
      ? [{ invariant: "I12", message: `one message calls one person ${count} times`, about: { messageId } }]
      : [],
  ),
  ...devices.flatMap(({ device, outbox, rooms }) =>
    outbox.flatMap(({ body, roomId, clientId }): Violation[] => {
      const line = rooms[roomId]?.lines.find((one) => one.body === body);
      const message = `${device} shows ${quoted(body)} twice: in its place and as waiting`;
      return line ? [{ invariant: "I12", message, about: { device, roomId, clientId } }] : [];
    }),
  ),
];
