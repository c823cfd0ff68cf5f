import { createContext } from "react";

/** Who and what the names in messages stand for, as far as this screen knows. What it does not know is drawn as it was typed. */
export type Names = {
  personByUsername: (username: string) => { id: string; name: string } | null;
  roomBySlug: (slug: string) => { id: string; title: string } | null;
  /** That a channel by this name is wanted, which no room of mine bears: the names change once there is one. */
  wantRoom?: (slug: string) => void;
  viewerUsername: string;
  /** What a click on somebody's name does; without it a name is words. */
  onPerson?: (id: string, anchor: HTMLElement) => void;
};

/** Its value has to keep its identity from one drawing to the next, or every message is drawn again. */
export const MarkdownNames = createContext<Names>({
  personByUsername: () => null,
  roomBySlug: () => null,
  viewerUsername: "",
});
