"use client";

import type { Member, MemberRole, MyRoom } from "#shared/rooms.ts";
import { confirm } from "#ui/kit/confirm-store.ts";
import { toast } from "#ui/kit/toast-store.ts";
import { attempt, sentenceOf } from "#ui/rooms/attempt.ts";
import { openDialog } from "#ui/rooms/dialog-store.ts";
import { useRoomActions } from "#ui/rooms/room-actions.ts";
import { useClient } from "#ui/trpc/client-context.ts";
import { refusalOf } from "#ui/trpc/refusal.ts";

/** What one does about a member, each with its words for when it goes wrong. */
export function useMemberDeeds(member: Member, name: string, room: MyRoom, label: string) {
  const client = useClient();
  const actions = useRoomActions();
  const of = { roomId: room.id, userId: member.person.id };
  return {
    setRole: async (role: MemberRole) => {
      try {
        await client.member.setRole.mutate({ ...of, role });
      } catch (error) {
        if (refusalOf(error).reason === "LAST_OWNER") openDialog({ name: "hand-over", roomId: room.id });
        else toast({ title: `${name}'s role is as it was`, body: sentenceOf(error) });
      }
    },
    remove: async () => {
      const isMeant = await confirm({
        title: `Remove ${name} from ${label}?`,
        body: "It closes on their screens at once. What they wrote stays.",
        action: "Remove",
        isGrave: true,
      });
      if (isMeant) await attempt(`${name} is still in ${label}`, () => client.member.remove.mutate(of));
    },
    leave: () => void actions.leave(room, label),
  };
}
