import type { Person } from "#shared/people.ts";
import type { MemberRole } from "#shared/rooms.ts";

/** Whose card is open, beside what. `role` is theirs in the room from which it was asked for, where that is known. */
export type OpenProfile = { person: Person; anchor: HTMLElement; role: MemberRole | null };

let open: OpenProfile | null = null;
const listeners = new Set<() => void>();

export function openProfile(person: Person, anchor: HTMLElement, role: MemberRole | null = null): void {
  change({ person, anchor, role });
}

export function closeProfile(): void {
  change(null);
}

export const profile = {
  get: (): OpenProfile | null => open,
  subscribe: (listener: () => void): (() => void) => {
    listeners.add(listener);
    return () => listeners.delete(listener);
  },
};

function change(next: OpenProfile | null): void {
  open = next;
  for (const listener of [...listeners]) listener();
}
