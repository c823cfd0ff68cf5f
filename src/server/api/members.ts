import { AddMembersInput, MemberInput, MembersInput, SetRoleInput } from "#shared/rooms.ts";
import { membersOf } from "../domain/member-list.ts";
import { addMembers, removeMember, setMemberRole } from "../domain/members.ts";
import { doing, router, signedIn } from "./trpc.ts";

export const member = router({
  /** A room's members: owners, moderators, members, each by name. NOT_FOUND for strangers, INVALID (`after`). */
  list: signedIn.input(MembersInput).query(({ ctx, input }) => membersOf(ctx.viewer.userId, input)),

  /** Takes people in. NOT_FOUND (room or person), NOT_ALLOWED, ARCHIVED. */
  add: doing("room.change")
    .input(AddMembersInput)
    .mutation(({ ctx, input }) => addMembers(ctx.viewer, input.roomId, input.userIds)),

  /** Takes somebody out; their screens of this room close. NOT_FOUND (room or member), NOT_ALLOWED, ARCHIVED, LAST_OWNER. */
  remove: doing("room.change")
    .input(MemberInput)
    .mutation(({ ctx, input }) => removeMember(ctx.viewer, input.roomId, input.userId)),

  /** NOT_FOUND (room or member), NOT_ALLOWED, ARCHIVED, LAST_OWNER. */
  setRole: doing("room.change")
    .input(SetRoleInput)
    .mutation(({ ctx, input }) => setMemberRole(ctx.viewer, input.roomId, input.userId, input.role)),
});
