"use client";

import "#ui/tokens.css";
import "#ui/kit/kit.css";
import "#ui/kit/calm.css";
import { Calm } from "#ui/kit/calm.tsx";

export default function GlobalError({ reset }: { reset: () => void }) {
  return (
    <html lang="en">
      <body>
        <title>Earshot</title>
        <Calm isPage title="Earshot didn't load">
          <p>Something went wrong on our side. Try again in a moment.</p>
          <button type="button" className="button main" onClick={reset}>
            Try again
          </button>
        </Calm>
      </body>
    </html>
  );
}
