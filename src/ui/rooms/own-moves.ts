/** Rooms that I went into, or out of, or closed myself from this page: nobody has to tell me. */
const own = new Set<string>();

export function noteOwnMove(roomId: string): void {
  own.add(roomId);
}

/** Whether it was my doing. Answers once: the next time it is somebody else's. */
export function wasOwnMove(roomId: string): boolean {
  return own.delete(roomId);
}
