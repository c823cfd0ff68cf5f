"use client";

import Keyboard from "lucide-react/icons/keyboard";
import LogOut from "lucide-react/icons/log-out";
import Settings from "lucide-react/icons/settings";
import SmilePlus from "lucide-react/icons/smile-plus";
import X from "lucide-react/icons/x";
import { useHydrated } from "#ui/kit/hydrated.ts";
import { MenuButton, type MenuItem } from "#ui/kit/menu.tsx";
import { Tool } from "#ui/kit/tool.tsx";
import { usePerson } from "#ui/me/use-me.ts";
import { attempt } from "#ui/rooms/attempt.ts";
import { useChat } from "#ui/rooms/chat-context.ts";
import { openDialog } from "#ui/rooms/dialog-store.ts";
import { useGo } from "#ui/rooms/use-go.ts";
import { useClient } from "#ui/trpc/client-context.ts";
import { Face } from "./face.tsx";
import { statusWords } from "./status.ts";
import { useSignOut } from "./use-sign-out.ts";
import { useStatus } from "./use-status.ts";

/** Oneself, at the foot of the list: status, settings, and the way out. */
export function SelfCard() {
  const { viewer } = useChat();
  const { name, username } = usePerson(viewer);
  const status = useStatus(viewer);
  const { state, leave } = useSignOut();
  const isHydrated = useHydrated();
  return (
    <footer className="self">
      <MenuButton label={`${name}: status and settings`} className="self-button" items={useItems(status !== null)}>
        <Face person={viewer} size="m" hasDot />
        <span className="lines">
          <b>{name}</b>
          {state === "failed" ? (
            <small role="alert">Still signed in. Try again.</small>
          ) : (
            <small>{status ? statusWords(status) : `@${username}`}</small>
          )}
        </span>
      </MenuButton>
      <Tool
        label="Sign out"
        icon={LogOut}
        isLarge
        disabled={!isHydrated || state === "leaving"}
        onClick={() => void leave()}
      />
    </footer>
  );
}

function useItems(hasStatus: boolean): (MenuItem | "line")[] {
  const go = useGo();
  const client = useClient();
  const clear: MenuItem = {
    label: "Clear status",
    icon: X,
    onSelect: () => void attempt("Your status is still there", () => client.me.setStatus.mutate({ status: null })),
  };
  return [
    {
      label: hasStatus ? "Change status" : "Set a status",
      icon: SmilePlus,
      onSelect: () => openDialog({ name: "status" }),
    },
    ...(hasStatus ? [clear] : []),
    "line",
    { label: "Settings", icon: Settings, onSelect: () => go("/settings") },
    { label: "Keyboard", icon: Keyboard, keys: "Ctrl /", onSelect: () => openDialog({ name: "keys" }) },
  ];
}
