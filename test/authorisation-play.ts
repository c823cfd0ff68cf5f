import { expect } from "vitest";
import { appRouter } from "#server/api/router.ts";
import type { Asker, Scene } from "./authorisation.ts";
import { RawSocket } from "./raw-socket.ts";
import type { Stage } from "./stage.ts";
import { eventually, type Somebody, type World } from "./world.ts";

export type Type = "query" | "mutation" | "subscription";
export type Call = { path: string; type: Type; input: unknown };

export const TYPES = Object.fromEntries(
  // biome-ignore lint/suspicious/noExplicitAny: the router's own index, as tRPC keeps it
  Object.entries(appRouter._def.procedures as Record<string, any>).map(([path, one]) => [path, one._def.type as Type]),
);
export const typeOf = (path: string): Type => TYPES[path] as Type;

export type Answer = { error?: { data?: { reason?: string } }; result?: unknown };

export const outcome = (answer: Answer) => (answer.error ? (answer.error.data?.reason ?? "no reason") : "ok");

/** Without what differs between any two calls. */
export const words = (answer: Answer) =>
  JSON.stringify(answer)
    .replaceAll(/[0-9a-f]{8}-[0-9a-f-]{27}/g, "id")
    .replaceAll(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, "time");

/** One node for a whole file, and a scene anew for every cell of the table. */
export class Play {
  readonly world: World;
  readonly stage: Stage;
  #danas: Promise<Scene["elsewhere"]> | undefined;

  constructor(world: World, stage: Stage) {
    this.world = world;
    this.stage = stage;
  }

  static async begin(world: World): Promise<Play> {
    return new Play(world, await world.serve(await world.node()));
  }

  /** Dana's room, which nobody else is in: the same for all scenes. */
  #elsewhere(): Promise<Scene["elsewhere"]> {
    this.#danas ??= (async () => {
      const dana = await this.world.person("dana");
      const roomId = await this.world.room(dana);
      const messageId = await this.world.write(dana, roomId, "secret");
      return { userId: dana.id, sessionId: dana.sessionId, roomId, messageId };
    })();
    return this.#danas;
  }

  /** Everything anew for every cell: what one asker did must not answer the next. */
  async sceneFor(asker: Asker): Promise<{ scene: Scene; who: Somebody | null }> {
    const [ana, ben, who] = await Promise.all(["ana", "ben", "who"].map((name) => this.world.person(name)));
    if (!ana || !ben || !who) throw new Error("The cast is incomplete.");
    const sql = (text: string, values: unknown[]) => this.world.pool.query(text, values);
    const roomId = await this.world.room(ana, ben, ...(asker === "stranger" ? [] : [who]));
    await sql("update room set visibility = 'private', title = 'secret' where id = $1", [roomId]);
    const role = ["owner", "moderator"].includes(asker) ? asker : "member";
    await sql(
      "update member set role = case when user_id = $2 then 'owner' else $4::member_role end where room_id = $1 and user_id in ($2, $3)",
      [roomId, ana.id, who.id, role],
    );
    const rootId = await this.world.write(ana, roomId, "secret");
    await sql("insert into message (room_id, author_id, body, thread_root) values ($1, $2, 'secret', $3)", [
      roomId,
      ben.id,
      rootId,
    ]);
    const ownId = await this.world.write(who, roomId, "mine");
    const publicId = await this.world.room();
    const { sessionId: deviceId } = await this.world.session(who.id);
    if (asker === "removed") await this.world.remove(who, roomId);
    if (asker === "admin") await sql(`update "user" set role = 'admin' where id = $1`, [who.id]);
    if (asker === "deactivated") await sql(`update "user" set deactivated_at = now() where id = $1`, [who.id]);
    const { rows } = await sql("select seq from message where id = $1", [rootId]);
    const ids = { roomId, anaId: ana.id, benId: ben.id, rootId, rootSeq: rows[0].seq, ownId, publicId, deviceId };
    return { scene: { ...ids, elsewhere: await this.#elsewhere() }, who: asker === "signed out" ? null : who };
  }

  async overHttp(who: Somebody | null, { path, type, input }: Call): Promise<Answer> {
    const text = input === undefined ? undefined : JSON.stringify(input);
    const query = type === "query" && text ? `?input=${encodeURIComponent(text)}` : "";
    const response = await fetch(`${this.stage.http}/trpc/${path}${query}`, {
      method: type === "mutation" ? "POST" : "GET",
      headers: { "content-type": "application/json", ...(who ? { cookie: who.cookie } : {}) },
      ...(type === "mutation" && text ? { body: text } : {}),
    });
    return response.json();
  }

  /** What the socket says first; for whom none opens, the refusal of the handshake in the same words. */
  async overSocket(who: Somebody | null, { path, type, input }: Call): Promise<Answer> {
    const raw = await RawSocket.open(this.stage, who ?? { cookie: "" }).catch((error: Error) => error);
    if (raw instanceof Error) {
      expect(raw.message).toContain("401");
      return { error: { data: { reason: "UNAUTHORIZED" } } };
    }
    raw.ask(1, type, path, input);
    const answers = await eventually(
      () => raw.of(1).filter(({ error, result }) => error ?? result.type === "data"),
      (found) => found.length > 0,
    );
    raw.socket.terminate();
    return answers[0];
  }
}
