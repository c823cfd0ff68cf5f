"use client";

import { Calm } from "#ui/kit/calm.tsx";

export default function PageError({ reset }: { reset: () => void }) {
  return (
    <Calm isPage title="This page didn't load">
      <p>Something went wrong on our side. Try again in a moment.</p>
      <button type="button" className="button main" onClick={reset}>
        Try again
      </button>
    </Calm>
  );
}
