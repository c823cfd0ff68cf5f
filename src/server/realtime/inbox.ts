import type { Presence, Profile } from "#shared/people.ts";
import type { MeEvent, Room, RoomCounts } from "#shared/rooms.ts";
import { Mailbox } from "./mailbox.ts";

type Counts = RoomCounts & { roomId: string };
type Rows<Row> = { isAll: boolean; rows: Map<string, Row> };

/** The mailbox of one `me.feed`. */
export class Inbox extends Mailbox<MeEvent> {
  readonly userId: string;
  /** What it was told as a whole; since then it hears whatever changed. */
  readonly told = new Set<MeEvent["type"]>();
  readonly #onClose: (inbox: Inbox) => void;
  #node: Extract<MeEvent, { type: "node" }> | null = null;
  #rooms: Extract<MeEvent, { type: "rooms" }> | null = null;
  readonly #changedRooms = new Map<string, Room>();
  readonly #counts = new Map<string, Counts>();
  #people: Rows<Profile> = { isAll: false, rows: new Map() };
  #presence: Rows<Presence> = { isAll: false, rows: new Map() };
  #threads: Extract<MeEvent, { type: "threads" }> | null = null;
  #saved: Extract<MeEvent, { type: "saved" }> | null = null;

  constructor(userId: string, onClose: (inbox: Inbox) => void) {
    super();
    this.userId = userId;
    this.#onClose = onClose;
  }

  push(event: MeEvent): void {
    if (this.isOver) return;
    if (event.type === "rooms" || event.type === "saved" || ("isAll" in event && event.isAll))
      this.told.add(event.type);
    switch (event.type) {
      case "node":
        this.#node = event;
        break;
      case "rooms":
        this.#rooms = event;
        // Older than the list: after it they would turn it back.
        this.#changedRooms.clear();
        this.#counts.clear();
        break;
      case "room":
        this.#changedRooms.set(event.room.id, event.room);
        break;
      case "counts":
        for (const counts of event.counts) this.#counts.set(counts.roomId, counts);
        break;
      case "people":
        this.#people = merged(this.#people, event.isAll, event.people, (person) => person.id);
        break;
      case "presence":
        this.#presence = merged(this.#presence, event.isAll, event.presence, (one) => one.userId);
        break;
      case "threads":
        this.#threads = event;
        break;
      case "saved":
        this.#saved = event;
    }
    this.ring();
  }

  protected take(): MeEvent[] {
    const events: MeEvent[] = [];
    if (this.#node) events.push(this.#node);
    if (this.#rooms) events.push(this.#rooms);
    for (const room of this.#changedRooms.values()) events.push({ type: "room", room });
    if (this.#counts.size > 0) events.push({ type: "counts", counts: [...this.#counts.values()] });
    const [people, presence] = [this.#people, this.#presence];
    if (people.isAll || people.rows.size > 0)
      events.push({ type: "people", isAll: people.isAll, people: [...people.rows.values()] });
    if (presence.isAll || presence.rows.size > 0)
      events.push({ type: "presence", isAll: presence.isAll, presence: [...presence.rows.values()] });
    if (this.#threads) events.push(this.#threads);
    if (this.#saved) events.push(this.#saved);
    this.#empty();
    return events;
  }

  #empty(): void {
    this.#node = this.#rooms = this.#threads = this.#saved = null;
    this.#changedRooms.clear();
    this.#counts.clear();
    this.#people = { isAll: false, rows: new Map() };
    this.#presence = { isAll: false, rows: new Map() };
  }

  protected onEnd(): void {
    this.#empty();
    this.#onClose(this);
  }
}

function merged<Row>(waiting: Rows<Row>, isAll: boolean, rows: Row[], keyOf: (row: Row) => string): Rows<Row> {
  const next = isAll ? { isAll, rows: new Map<string, Row>() } : waiting;
  for (const row of rows) next.rows.set(keyOf(row), row);
  return next;
}
