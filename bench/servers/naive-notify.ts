import pg from "pg";
import { answer } from "../answer.ts";
import { BareRooms } from "./bare.ts";
import { batchOf, changeOf, type Row } from "./change.ts";
import { asRow, Store } from "./store.ts";

/** Every row notifies with its id; whoever listens reads that row and tells the room. No batches anywhere. */
const rooms = new BareRooms();
const READERS = 4;

async function start({ url }: { url: string }): Promise<number> {
  const store = new Store(url, "message");
  // Its own connections, so that reads do not wait behind the sends that wait for a commit.
  const readers = new pg.Pool({ connectionString: url, max: READERS });
  const listener = new pg.Client({ connectionString: url });
  await listener.connect();
  listener.on("notification", ({ payload }) => void deliver(readers, payload ?? ""));
  await listener.query("listen message");
  return rooms.listen({ onSend: (send) => store.insert(send), onTick: () => {} });
}

async function deliver(readers: pg.Pool, id: string): Promise<void> {
  const { rows } = await readers.query<Row>({ name: "one", text: "select * from message where id = $1", values: [id] });
  const row = asRow(rows[0]);
  rooms.deliver(row.room_id, JSON.stringify(batchOf([changeOf(row)])));
}

answer({ start });
