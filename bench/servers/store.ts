import pg from "pg";
import { newId } from "#shared/ids.ts";
import type { Row } from "./change.ts";

export type Send = { roomId: string; authorId: string; clientId: string; body: string };

/** Enough to let Postgres gather commits; more only wait for one another. */
const CONNECTIONS = 16;

/** One INSERT, one transaction, one commit per send: what everybody writes first. */
export class Store {
  readonly #pool: pg.Pool;
  readonly #insert: { name: string; text: string };
  readonly #after: { name: string; text: string };

  constructor(url: string, table: "message" | "post") {
    this.#pool = new pg.Pool({ connectionString: url, max: CONNECTIONS });
    const text = `insert into ${table} (id, room_id, author_id, client_id, body) values ($1, $2, $3, $4, $5) returning *`;
    this.#insert = { name: "insert", text };
    this.#after = { name: "after", text: `select * from ${table} where room_id = $1 and seq > $2 order by seq` };
  }

  /** Answers after COMMIT. */
  async insert({ roomId, authorId, clientId, body }: Send): Promise<Row> {
    const values = [newId(), roomId, authorId, clientId, body];
    const { rows } = await this.#pool.query<Row & { seq: string }>({ ...this.#insert, values });
    return asRow(rows[0]);
  }

  /** What somebody missed who saw everything up to `seq`. */
  async after(roomId: string, seq: string): Promise<Row[]> {
    const { rows } = await this.#pool.query<Row & { seq: string }>({ ...this.#after, values: [roomId, seq] });
    return rows.map(asRow);
  }
}

export function asRow(found: (Row & { seq: string | number }) | undefined): Row {
  if (!found) throw new Error("Postgres answered no row.");
  return { ...found, seq: Number(found.seq) };
}
