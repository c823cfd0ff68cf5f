"use client";

import { Calm } from "#ui/kit/calm.tsx";

export default function SettingsError({ reset }: { reset: () => void }) {
  return (
    <Calm title="Settings didn't load">
      <p>Something went wrong on our side. Nothing was changed.</p>
      <button type="button" className="button main" onClick={reset}>
        Try again
      </button>
    </Calm>
  );
}
