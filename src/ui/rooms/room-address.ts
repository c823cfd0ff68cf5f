import { isId } from "#shared/ids.ts";

/** Where rooms live in the address bar. */
export function roomPath(roomId: string): string {
  return `/rooms/${roomId}`;
}

const ROOM = /^\/rooms\/([^/]+)\/?$/;

/** The room that a path names; null for any other place. */
export function roomIdIn(pathname: string): string | null {
  const named = ROOM.exec(pathname.toLowerCase())?.[1];
  return named && isId(named) ? named : null;
}

/** A message's own address: the room, opened there. */
export function messagePath(roomId: string, messageId: string): string {
  return `${roomPath(roomId)}?message=${messageId}`;
}
