import type { IncomingMessage } from "node:http";
import { addressOf } from "../auth/address.ts";
import type { Viewer } from "../auth/sessions.ts";
import { viewerFrom } from "../auth/viewer.ts";
import type { LiveNode } from "../realtime/live-node.ts";
import type { Outflow } from "../realtime/outflow.ts";
import type { Link } from "../realtime/presence.ts";
import type { Connection } from "../realtime/sockets.ts";

/** Feeds that one socket may hold: ten rooms, oneself, and plenty of room for whoever builds on the API. */
export const FEEDS_PER_SOCKET = 100;

/** What every procedure knows about who is asking. */
export type Context = {
  viewer: Viewer | null;
  address: string;
  /** The live half of this process; null in a server component, which only reads. */
  node: LiveNode | null;
  /** True while the viewer's session stands. Asked at every call: a socket may be older than a sign-out. */
  stands: () => Promise<boolean>;
  /** Places for feeds on this socket; null over HTTP, which cannot carry one. */
  feeds: FeedSlots | null;
  /** The device behind this socket, for presence; null over HTTP. */
  link: Link | null;
};

export class FeedSlots {
  /** Feeds write at the pace of their socket. */
  readonly outflow: Outflow;
  #taken = 0;

  constructor(outflow: Outflow) {
    this.outflow = outflow;
  }

  take(): boolean {
    if (this.#taken >= FEEDS_PER_SOCKET) return false;
    this.#taken++;
    return true;
  }
  give(): void {
    this.#taken--;
  }
}

/** For one request over HTTP, or one render: the session's row was just read. */
export async function contextFromCookie(
  cookie: string | undefined,
  address: string,
  node: LiveNode | null,
): Promise<Context> {
  const viewer = await viewerFrom(cookie);
  return { viewer, address, node, stands: async () => viewer !== null, feeds: null, link: null };
}

export function contextFromRequest(request: IncomingMessage, node: LiveNode): Promise<Context> {
  return contextFromCookie(request.headers.cookie, addressOf(request), node);
}

/** For one socket, whose cookie was read at the handshake (web/upgrade.ts). */
export function contextForSocket(
  viewer: Viewer,
  address: string,
  node: LiveNode,
  { link, outflow }: Connection,
): Context {
  return { viewer, address, node, stands: () => node.stands(viewer.sessionId), feeds: new FeedSlots(outflow), link };
}
