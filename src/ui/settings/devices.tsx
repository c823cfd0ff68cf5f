"use client";

import { useQuery } from "@tanstack/react-query";
import Monitor from "lucide-react/icons/monitor";
import Smartphone from "lucide-react/icons/smartphone";
import type { Device } from "#shared/people.ts";
import { type Clock, dayName, dayOf, timeOf, useClock } from "#ui/kit/clock.ts";
import { confirm } from "#ui/kit/confirm-store.ts";
import { Skeleton } from "#ui/kit/skeleton.tsx";
import { attempt } from "#ui/rooms/attempt.ts";
import { useClient } from "#ui/trpc/client-context.ts";
import { queries } from "#ui/trpc/queries.ts";

const DEVICES = ["devices"];

/** Where one is signed in, and the way to end it there. */
export function Devices() {
  const client = useClient();
  const asked = { queryKey: DEVICES, queryFn: () => client.device.list.query() };
  const { data: devices, isPending, isError, refetch } = useQuery(asked, queries());
  const others = devices?.filter((device) => !device.isThisOne) ?? [];
  const endOthers = async () => {
    const isMeant = await confirm({
      title: "Sign out everywhere else?",
      body: "Your other devices close within a second. What waits there to be sent stays on them until you sign in again.",
      action: "Sign out",
      isGrave: true,
    });
    if (isMeant) await attempt("They are still signed in", () => client.device.endOthers.mutate());
    await refetch();
  };
  return (
    <section>
      <h2 className="as-title">Devices</h2>
      <p>Where you're signed in. Signing out ends it there within a second.</p>
      {isPending && <Skeleton shape="person" count={2} label="Loading your devices" />}
      {isError && (
        <p className="nothing">
          Your devices didn't load.{" "}
          <button type="button" className="text-button" onClick={() => void refetch()}>
            Try again
          </button>
        </p>
      )}
      <ul className="devices">
        {devices?.map((device) => (
          <DeviceRow key={device.sessionId} device={device} />
        ))}
      </ul>
      {others.length > 0 && (
        <button type="button" className="text-button grave" onClick={() => void endOthers()}>
          Sign out everywhere else
        </button>
      )}
    </section>
  );
}

function DeviceRow({ device }: { device: Device }) {
  const client = useClient();
  const clock = useClock();
  const end = async () => {
    await attempt(`${device.name} is still signed in`, () => client.device.end.mutate({ sessionId: device.sessionId }));
    await queries().invalidateQueries({ queryKey: DEVICES });
  };
  const Icon = /android|iphone|ipad|mobile/i.test(device.name) ? Smartphone : Monitor;
  return (
    <li className="device">
      <Icon className="i l" />
      <div>
        <b>{device.name}</b>
        <small>
          {device.isThisOne
            ? `This device, since ${whenWords(device.createdAt, clock)}`
            : `Last connected ${whenWords(device.lastSeenAt, clock)}`}
          {device.address && `, ${device.address}`}
        </small>
      </div>
      {device.isThisOne ? (
        <span className="here-now">Here now</span>
      ) : (
        <button type="button" className="button" aria-label={`Sign out ${device.name}`} onClick={() => void end()}>
          Sign out
        </button>
      )}
    </li>
  );
}

/** "today at 07:48", "3 October". */
function whenWords(iso: string, clock: Clock): string {
  const day = dayName(dayOf(iso, clock.zone), clock);
  const near = /^(Today|Yesterday)/.exec(day)?.[0].toLowerCase();
  return near ? `${near} at ${timeOf(iso, clock)}` : day;
}
