/** Where rooms live in the address bar. */
export function roomPath(roomId: string): string {
  return `/rooms/${roomId}`;
}

const ROOM = /^\/rooms\/([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\/?$/;

/** The room that a path names; null for any other place. */
export function roomIdIn(pathname: string): string | null {
  return ROOM.exec(pathname.toLowerCase())?.[1] ?? null;
}

/** A message's own address: the room, opened there. */
export function messagePath(roomId: string, messageId: string): string {
  return `${roomPath(roomId)}?message=${messageId}`;
}
