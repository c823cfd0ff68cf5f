/** Rooms that I went into or closed myself from this page: nobody has to tell me. */
const own = new Set<string>();

export function noteOwnMove(roomId: string): void {
  own.add(roomId);
}

/** Notes it before the call, since the feed may be faster than its answer. What was refused was no move. */
export async function asOwnMove<Answer>(roomId: string, call: () => Promise<Answer>): Promise<Answer> {
  own.add(roomId);
  try {
    return await call();
  } catch (error) {
    own.delete(roomId);
    throw error;
  }
}

/** Whether it was my doing. Answers once: the next time it is somebody else's. */
export function wasOwnMove(roomId: string): boolean {
  return own.delete(roomId);
}
