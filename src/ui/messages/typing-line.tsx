"use client";

import { Mark } from "#ui/kit/mark.tsx";
import { useTypingWords } from "#ui/rooms/use-activity.ts";

/** Who is typing here. Its height is always there, so that nothing moves when somebody begins. */
export function TypingLine({ roomId, threadRoot }: { roomId: string; threadRoot: string | null }) {
  const words = useTypingWords(roomId, threadRoot);
  return (
    <p className="now" role="status">
      {words && <Mark />}
      {words && <span className="label">{words}</span>}
    </p>
  );
}
