import { isBlank } from "./body.ts";

/** Where a draft belongs: a room (its id), a thread in it, or the message that is being edited. */
export function threadDraft(roomId: string, rootId: string): string {
  return `${roomId}/${rootId}`;
}
export function editDraft(messageId: string): string {
  return `edit/${messageId}`;
}
/** Beside a draft, the id of the message that it answers. */
export function quoteDraft(draftKey: string): string {
  return `quote/${draftKey}`;
}

/**
 * What was typed and not sent, by place. Kept on the device, so that neither another room nor a reload loses it, and heard
 * from other tabs, but never into a field in which somebody is typing.
 */
export class Drafts {
  private texts: Map<string, string> | null = null;
  private rooms: Set<string> | null = null;
  private held = new Map<string, number>();
  private listeners = new Set<() => void>();

  private readonly userId: string;

  constructor(userId: string) {
    this.userId = userId;
  }

  get = (key: string): string => this.all().get(key) ?? "";

  set(key: string, text: string): void {
    if (this.get(key) === text) return;
    this.write(key, text);
    this.change(key, text);
  }

  /** Whether something waits in this room, or in one of its threads. */
  has = (roomId: string): boolean => {
    this.rooms ??= new Set(
      [...this.all()].filter(([, text]) => !isBlank(text)).map(([key]) => key.split("/", 1)[0] ?? ""),
    );
    return this.rooms.has(roomId);
  };

  subscribe = (listener: () => void): (() => void) => {
    if (this.listeners.size === 0) globalThis.addEventListener?.("storage", this.onStorage);
    this.listeners.add(listener);
    return () => {
      this.listeners.delete(listener);
      if (this.listeners.size === 0) globalThis.removeEventListener?.("storage", this.onStorage);
    };
  };

  /** While a field has the focus, no other tab changes it, nor what it answers. What was typed elsewhere meanwhile is overwritten. */
  hold(key: string): () => void {
    const count = (by: number) => {
      for (const one of [key, quoteDraft(key)]) this.held.set(one, (this.held.get(one) ?? 0) + by);
    };
    count(1);
    let isHeld = true;
    return () => {
      if (isHeld) count(-1);
      isHeld = false;
    };
  }

  private onStorage = ({ key, newValue }: StorageEvent): void => {
    const place = key?.startsWith(this.prefix) ? key.slice(this.prefix.length) : null;
    if (place === null || (this.held.get(place) ?? 0) > 0) return;
    this.change(place, newValue ?? "");
  };

  private change(key: string, text: string): void {
    if (text) this.all().set(key, text);
    else this.all().delete(key);
    this.rooms = null;
    for (const listener of [...this.listeners]) listener();
  }

  private get prefix(): string {
    return `earshot-draft-${this.userId}-`;
  }

  /** Storage may be full or forbidden; then a draft lives as long as the page. */
  private all(): Map<string, string> {
    if (this.texts) return this.texts;
    const texts = new Map<string, string>();
    try {
      for (let index = 0; index < localStorage.length; index++) {
        const key = localStorage.key(index);
        if (key?.startsWith(this.prefix)) texts.set(key.slice(this.prefix.length), localStorage.getItem(key) ?? "");
      }
    } catch {
      // None that could be read.
    }
    this.texts = texts;
    return texts;
  }

  private write(key: string, text: string): void {
    try {
      if (text) localStorage.setItem(this.prefix + key, text);
      else localStorage.removeItem(this.prefix + key);
    } catch {
      // Kept in memory.
    }
  }
}
