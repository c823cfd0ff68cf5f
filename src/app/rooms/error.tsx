"use client";

import { Calm } from "#ui/kit/calm.tsx";

export default function RoomError({ reset }: { reset: () => void }) {
  return (
    <Calm title="This room didn't load">
      <p>Something went wrong on our side. What you wrote and didn't send is still on this device.</p>
      <button type="button" className="button main" onClick={reset}>
        Try again
      </button>
    </Calm>
  );
}
