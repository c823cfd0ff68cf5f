"use client";

import { useQuery } from "@tanstack/react-query";
import MessageSquare from "lucide-react/icons/message-square";
import NotebookPen from "lucide-react/icons/notebook-pen";
import type { Person, Profile, ServerRole } from "#shared/people.ts";
import type { MemberRole } from "#shared/rooms.ts";
import { useClock } from "#ui/kit/clock.ts";
import { useMe, usePresence } from "#ui/me/use-me.ts";
import { ROLE_WORDS } from "#ui/members/member-list.ts";
import { PresenceDot } from "#ui/presence/presence-dot.tsx";
import { presenceSentence } from "#ui/presence/presence-words.ts";
import { useChat } from "#ui/rooms/chat-context.ts";
import { useDirectRoom } from "#ui/rooms/use-direct-room.ts";
import { useGo } from "#ui/rooms/use-go.ts";
import { useClient } from "#ui/trpc/client-context.ts";
import { queries } from "#ui/trpc/queries.ts";
import { Disc } from "./disc.tsx";
import { statusWords } from "./status.ts";
import { useStatus } from "./use-status.ts";

type Props = { person: Person; role: MemberRole | null; onDone: () => void };

const SERVER_ROLES: Record<ServerRole, string | null> = {
  admin: "Admin of this server",
  moderator: "Moderator of this server",
  member: null,
};

/** Somebody, at a glance, and the way to write to them. */
export function ProfileCard({ person, role, onDone }: Props) {
  const { viewer } = useChat();
  const known = useProfile(person);
  const status = useStatus(person);
  const openDirect = useDirectRoom();
  const go = useGo();
  const isMe = person.id === viewer.id;
  const message = async () => {
    if (await openDirect(person.id)) onDone();
  };
  const roles = [known && SERVER_ROLES[known.role], role && role !== "member" && `${ROLE_WORDS[role]} here`];
  return (
    <div className="profile-card">
      <Disc id={person.id} name={known?.name ?? person.name} avatar={known?.avatar ?? null} size="xl">
        <PresenceDot userId={person.id} />
      </Disc>
      <div>
        <h3>{known?.name ?? person.name}</h3>
        <p>@{person.username}</p>
      </div>
      {status && <p className="says">{statusWords(status)}</p>}
      <p>
        {known?.isDeactivated ? (
          "No longer on this server"
        ) : (
          <Seen person={person} lastSeenAt={known?.lastSeenAt ?? null} />
        )}
      </p>
      {roles.filter(Boolean).map((words) => (
        <p key={String(words)}>{words}</p>
      ))}
      <footer>
        <button type="button" className="button main" onClick={() => void message()}>
          {isMe ? <NotebookPen className="i" /> : <MessageSquare className="i" />}
          {isMe ? "Notes to yourself" : "Message"}
        </button>
        {isMe && (
          <button type="button" className="button" onClick={() => go("/settings")}>
            Edit profile
          </button>
        )}
      </footer>
    </div>
  );
}

function Seen({ person, lastSeenAt }: { person: Person; lastSeenAt: string | null }) {
  const clock = useClock();
  const state = usePresence(person.id);
  const since = useMe(({ presence }) => presence.get(person.id)?.lastSeenAt) ?? lastSeenAt;
  return presenceSentence(state, since, clock);
}

/** What they show of themselves: from the directory, or asked for when it does not reach so far. */
function useProfile(person: Person): Profile | undefined {
  const known = useMe(({ people }) => people.get(person.id));
  const client = useClient();
  const asked = useQuery(
    {
      queryKey: ["person", person.id],
      queryFn: () => client.person.get.query({ userId: person.id }),
      enabled: !known,
      retry: false,
    },
    queries(),
  );
  return known ?? asked.data;
}
