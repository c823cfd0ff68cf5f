"use client";

import { can } from "#shared/can.ts";
import type { MyRoom, RoomVisibility } from "#shared/rooms.ts";
import { confirm } from "#ui/kit/confirm-store.ts";
import { Segmented } from "#ui/kit/segmented.tsx";
import { useClient } from "#ui/trpc/client-context.ts";
import { attempt } from "./attempt.ts";
import { useChat } from "./chat-context.ts";
import { standingIn } from "./room-menu.ts";
import { useRoomLabel } from "./use-room-name.ts";

const VISIBILITIES = [
  { value: "public", label: "Public" },
  { value: "private", label: "Private" },
] as const;

const MEANS: Record<RoomVisibility, string> = {
  public: "Everyone on this server can find it and join.",
  private: "Only the people in it know that it exists.",
};

const OPENING = {
  body: "Everyone on this server will find it, and whoever joins reads everything that was said in it so far.",
  action: "Make it public",
};

/** Who may find a channel. Its owners choose; the others read it. */
export function DetailsVisibility({ room }: { room: MyRoom }) {
  const { role } = useChat();
  const client = useClient();
  const { actor, target } = standingIn(room, role);
  const label = useRoomLabel(room);
  const choose = async (visibility: RoomVisibility) => {
    if (visibility === "public" && !(await confirm({ ...OPENING, title: `Make ${label} public?` }))) return;
    await attempt("That didn't change", () => client.room.update.mutate({ roomId: room.id, visibility }));
  };
  if (room.kind !== "channel") return null;
  return (
    <section className="details-part">
      {can(actor, "room.visibility", target) ? (
        <Segmented
          label="Who can find it"
          choices={VISIBILITIES}
          value={room.visibility}
          onChoose={(value) => void choose(value)}
        />
      ) : (
        <h3>{room.visibility === "public" ? "Public" : "Private"}</h3>
      )}
      <p>{room.isLobby ? "Everyone who joins this server is here, and stays." : MEANS[room.visibility]}</p>
    </section>
  );
}
