import { Calm } from "#ui/kit/calm.tsx";

export default function NotFound() {
  return (
    <Calm isPage title="There's nothing at this address">
      <p>The link may be old, or a letter may be missing.</p>
      <a className="button main" href="/">
        Go to the lobby
      </a>
    </Calm>
  );
}
