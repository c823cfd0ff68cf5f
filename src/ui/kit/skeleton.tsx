const WIDTHS = ["62%", "44%", "71%", "38%", "55%", "66%"];

/** The shape of what comes, without shimmer: words, rows of a sidebar, or people with a face. */
export function Skeleton({ shape, count, label }: { shape: "words" | "row" | "person"; count: number; label: string }) {
  return (
    <div className={`skeleton of-${shape}`} role="status" aria-label={label}>
      {Array.from({ length: count }, (_, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: shapes have no other identity than their place
        <div key={index} aria-hidden="true">
          {shape !== "words" && <i className="round" />}
          <i style={{ width: WIDTHS[index % WIDTHS.length] }} />
        </div>
      ))}
    </div>
  );
}
