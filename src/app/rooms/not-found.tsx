import Link from "next/link";
import { Calm } from "#ui/kit/calm.tsx";

export default function RoomNotFound() {
  return (
    <Calm title="There's no such room here">
      <p>It may be gone, or you may not be in it. Ask whoever sent you the link.</p>
      <Link className="button main" href="/">
        Go to the lobby
      </Link>
    </Calm>
  );
}
