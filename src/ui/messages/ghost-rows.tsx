/** The shape of messages that are on their way. */
export function GhostRows({ widths }: { widths: readonly (readonly number[])[] }) {
  return widths.map((lines) => (
    <div key={lines.join()} className="message head ghost" aria-hidden="true">
      <span className="gutter">
        <i />
      </span>
      <div className="body">
        <i style={{ width: 72 }} />
        {lines.map((width) => (
          <i key={width} style={{ width: `${width}%` }} />
        ))}
      </div>
    </div>
  ));
}
