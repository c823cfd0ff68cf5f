"use client";

import Plus from "lucide-react/icons/plus";
import Search from "lucide-react/icons/search";
import { useDeferredValue, useState } from "react";
import { Skeleton } from "#ui/kit/skeleton.tsx";
import { Tabs } from "#ui/kit/tabs.tsx";
import { BrowsedRow } from "./browsed-row.tsx";
import { openDialog } from "./dialog-store.ts";
import { BackToRooms } from "./room-link.tsx";
import { type BrowsedPages, useBrowsedRooms } from "./use-browsed-rooms.ts";

type Shelf = "open" | "archived";
const SHELVES = [
  { value: "open", label: "Channels" },
  { value: "archived", label: "Archived" },
] as const;

/** Every channel that one may join, and what was archived. */
export function BrowseRooms() {
  const [shelf, setShelf] = useState<Shelf>("open");
  const [query, setQuery] = useState("");
  const asked = useDeferredValue(query.trim());
  const pages = useBrowsedRooms(asked, shelf === "archived");
  return (
    <main className="browse">
      <header className="bar">
        <BackToRooms />
        <div className="title">
          <h1>Browse channels</h1>
        </div>
        <button type="button" className="button" onClick={() => openDialog({ name: "new-channel" })}>
          <Plus className="i" />
          New channel
        </button>
      </header>
      <Tabs label="Which channels" tabs={SHELVES} value={shelf} onChoose={setShelf}>
        <label className="filter">
          <Search className="i" />
          <input
            aria-label="Find a channel"
            placeholder="Find a channel"
            value={query}
            onChange={(event) => setQuery(event.target.value)}
          />
        </label>
        <Found pages={pages} query={asked} shelf={shelf} onArchive={() => setShelf("archived")} />
      </Tabs>
    </main>
  );
}

type FoundProps = { pages: BrowsedPages; query: string; shelf: Shelf; onArchive: () => void };

function Found({ pages, query, shelf, onArchive }: FoundProps) {
  if (pages.isLoading) return <Skeleton shape="person" count={8} label="Loading channels" />;
  if (pages.hasFailed)
    return (
      <p className="nothing" role="alert">
        The channels didn't load.{" "}
        <button type="button" className="text-button" onClick={pages.retry}>
          Try again
        </button>
      </p>
    );
  return (
    <div className="browsed">
      <ul aria-label={shelf === "archived" ? "Archived rooms" : "Channels"}>
        {pages.rooms.map((browsed) => (
          <BrowsedRow key={browsed.room.id} browsed={browsed} />
        ))}
      </ul>
      {pages.rooms.length === 0 && (
        <p className="nothing">
          {nothing(query, shelf)}{" "}
          {query && shelf === "open" && (
            <button type="button" className="text-button" onClick={onArchive}>
              Look among the archived
            </button>
          )}
        </p>
      )}
      {pages.hasMore && (
        <button type="button" className="button more" onClick={pages.loadMore}>
          Show more
        </button>
      )}
    </div>
  );
}

function nothing(query: string, shelf: Shelf): string {
  if (query) return `Nothing here has “${query}” in its name or topic.`;
  return shelf === "archived" ? "Nothing has been archived." : "There are no channels yet. Make the first one.";
}
