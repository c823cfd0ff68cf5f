"use client";

import { useQuery } from "@tanstack/react-query";
import { type FormEvent, useRef, useState } from "react";
import { type Profile, UpdateProfile } from "#shared/people.ts";
import { Field } from "#ui/kit/field.tsx";
import { Skeleton } from "#ui/kit/skeleton.tsx";
import { useFocusWrong } from "#ui/kit/use-focus-wrong.ts";
import { useMe } from "#ui/me/use-me.ts";
import { Disc } from "#ui/people/disc.tsx";
import { StatusForm } from "#ui/people/status-form.tsx";
import { sentenceOf } from "#ui/rooms/attempt.ts";
import { useChat } from "#ui/rooms/chat-context.ts";
import { useClient } from "#ui/trpc/client-context.ts";
import { queries } from "#ui/trpc/queries.ts";
import { HueChoice } from "./hue-choice.tsx";

/** Who one is to the others, and what one is doing. */
export function ProfileForm() {
  const { viewer } = useChat();
  const known = useMe(({ people }) => people.get(viewer.id));
  const client = useClient();
  const asked = useQuery(
    {
      queryKey: ["person", viewer.id],
      queryFn: () => client.person.get.query({ userId: viewer.id }),
      enabled: !known,
    },
    queries(),
  );
  const profile = known ?? asked.data;
  if (!profile)
    return asked.isError ? (
      <p className="nothing">Your profile didn't load. Reload the page.</p>
    ) : (
      <Skeleton shape="words" count={6} label="Loading your profile" />
    );
  return (
    <>
      <NameAndFace profile={profile} />
      <section>
        <h2>Status</h2>
        <p>Shown beside your name until you clear it or it runs out.</p>
        <StatusForm viewer={profile} />
      </section>
    </>
  );
}

function NameAndFace({ profile }: { profile: Profile }) {
  const client = useClient();
  const [name, setName] = useState(profile.name);
  const [initials, setInitials] = useState(profile.avatar.initials ?? "");
  const [hue, setHue] = useState(profile.avatar.hue);
  const [news, setNews] = useState<{ field: string; words: string } | null>(null);
  const form = useRef<HTMLFormElement>(null);
  useFocusWrong(form, news);
  const avatar = { hue, initials: initials.trim() || null };
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const read = UpdateProfile.safeParse({ name, avatar });
    if (!read.success) {
      const [issue] = read.error.issues;
      return setNews({ field: issue?.path.at(-1) === "initials" ? "initials" : "name", words: issue?.message ?? "" });
    }
    try {
      await client.me.updateProfile.mutate(read.data);
      setNews({ field: "saved", words: "Saved. Everyone sees it now." });
    } catch (error) {
      setNews({ field: "form", words: sentenceOf(error) });
    }
  };
  const wrong = (field: string) => (news?.field === field ? news.words : undefined);
  return (
    <form ref={form} method="post" noValidate onSubmit={(event) => void submit(event)}>
      <section className="who-you-are">
        <Disc id={profile.id} name={name} avatar={avatar} size="xl" />
        <div>
          <h2>{name.trim() || profile.name}</h2>
          <p>@{profile.username}</p>
        </div>
      </section>
      <div className="pair">
        <Field
          label="Display name"
          value={name}
          autoComplete="name"
          error={wrong("name")}
          onChange={(event) => setName(event.target.value)}
        />
        <Field
          label="Initials (optional)"
          value={initials}
          autoComplete="off"
          error={wrong("initials")}
          hint="One or two characters, in place of your first letter"
          onChange={(event) => setInitials(event.target.value)}
        />
      </div>
      <HueChoice id={profile.id} value={hue} onChoose={setHue} />
      <p className="saves">
        <button type="submit" className="button main">
          Save profile
        </button>
        <small role="status" className={news?.field === "form" ? "bad" : undefined}>
          {wrong("saved") ?? wrong("form")}
        </small>
      </p>
    </form>
  );
}
