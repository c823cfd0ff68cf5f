"use client";

import Search from "lucide-react/icons/search";
import UserRoundPlus from "lucide-react/icons/user-round-plus";
import { useState } from "react";
import { can } from "#shared/can.ts";
import type { MyRoom, Room } from "#shared/rooms.ts";
import { Panel } from "#ui/kit/panel.tsx";
import { Skeleton } from "#ui/kit/skeleton.tsx";
import { Tool } from "#ui/kit/tool.tsx";
import { useMe, useMyRoom } from "#ui/me/use-me.ts";
import { useChat } from "#ui/rooms/chat-context.ts";
import { openDialog } from "#ui/rooms/dialog-store.ts";
import { standingIn } from "#ui/rooms/room-menu.ts";
import { useRoomLabel } from "#ui/rooms/use-room-name.ts";
import { sectionsOfMembers } from "./member-list.ts";
import { MemberRow } from "./member-row.tsx";
import { useMembers } from "./use-members.ts";

/** Who is in a room, and what one may do about it. */
export function MembersPanel({ room, onClose }: { room: Room; onClose: () => void }) {
  const mine = useMyRoom(room.id);
  const { role } = useChat();
  const label = useRoomLabel(room);
  const standing = mine && standingIn(mine, role);
  const mayAdd = standing && can(standing.actor, "member.add", standing.target);
  const tools = mayAdd && (
    <Tool
      label="Add people"
      icon={UserRoundPlus}
      isLarge
      onClick={() => openDialog({ name: "add-people", roomId: room.id })}
    />
  );
  return (
    <Panel title="Members" about={label} tools={tools} onClose={onClose}>
      {mine && <MemberList room={mine} label={label} />}
    </Panel>
  );
}

function MemberList({ room, label }: { room: MyRoom; label: string }) {
  const [query, setQuery] = useState("");
  const { members, isLoading, hasFailed, hasMore, loadMore } = useMembers(room.id);
  const people = useMe((state) => state.people);
  const nameOf = ({ person }: { person: { id: string; name: string } }) => people.get(person.id)?.name ?? person.name;
  const wanted = query.trim().toLowerCase();
  const found = members.filter(
    (member) => nameOf(member).toLowerCase().includes(wanted) || member.person.username.includes(wanted),
  );
  return (
    <>
      <label className="filter">
        <Search className="i" />
        <input
          aria-label="Find someone"
          placeholder="Find someone"
          value={query}
          onChange={(event) => setQuery(event.target.value)}
        />
      </label>
      <div className="member-list">
        {isLoading && <Skeleton shape="person" count={6} label="Loading members" />}
        {hasFailed && <p className="nothing">The members didn't load. Close this and open it again.</p>}
        {sectionsOfMembers(found, nameOf).map((section) => (
          <section key={section.role}>
            <h3>
              {section.title}, <span className="num">{section.members.length}</span>
            </h3>
            <ul aria-label={section.title}>
              {section.members.map((member) => (
                <MemberRow key={member.person.id} member={member} room={room} label={label} />
              ))}
            </ul>
          </section>
        ))}
        {!isLoading && !hasFailed && found.length === 0 && (
          <p className="nothing">{hasMore ? "Nobody by that name among those loaded." : "Nobody here by that name."}</p>
        )}
        {hasMore && (
          <button type="button" className="button more" onClick={loadMore}>
            Show more
          </button>
        )}
      </div>
    </>
  );
}
