import { useContext } from "react";
import { MarkdownNames } from "./names.ts";

/** Somebody's name as everybody reads it, or what was typed when nobody bears it. */
export function Mention({ username, text }: { username: string; text: string }) {
  const { personByUsername, viewerUsername, onPerson } = useContext(MarkdownNames);
  const person = personByUsername(username);
  if (!person) return text;
  const look = username === viewerUsername.toLowerCase() ? "who me" : "who";
  if (!onPerson) return <span className={look}>@{person.name}</span>;
  return (
    <button type="button" className={look} onClick={(event) => onPerson(person.id, event.currentTarget)}>
      @{person.name}
    </button>
  );
}
