/** Where one was in a list: the first row in view, and how many px of it were above the edge. */
export type Place = { key: string; lead: number };

/** Where one was in each room, for coming back. Rooms left at their newest end are not in it: one comes back to the end. */
const places = new Map<string, Place>();

export const placeIn = (roomId: string): Place | null => places.get(roomId) ?? null;

export function keepPlace(roomId: string, place: Place | null): void {
  if (place) places.set(roomId, place);
  else places.delete(roomId);
}
