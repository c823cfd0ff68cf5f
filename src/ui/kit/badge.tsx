/** How many, bounded. Yellow when it is about your name; a plain number otherwise. */
export function Badge({ count, label, isMention = false }: { count: number; label: string; isMention?: boolean }) {
  if (count <= 0) return null;
  return (
    <span className={isMention ? "badge" : "badge plain"}>
      <span aria-hidden="true">{badgeText(count)}</span>
      <span className="sr">{label}</span>
    </span>
  );
}

export function badgeText(count: number): string {
  return count > 99 ? "99+" : String(count);
}
