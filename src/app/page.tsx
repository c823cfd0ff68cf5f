import { redirect } from "next/navigation";
import { signedIn } from "#server/api/caller.ts";

/** Home is the lobby. */
export default async function Home() {
  const { api } = await signedIn("/");
  const lobby = (await api.room.list()).find((room) => room.isLobby);
  redirect(lobby ? `/rooms/${lobby.id}` : "/rooms");
}
