/** Two arcs and a dot: a sound reaching an ear. As `echo` it is very large, tone on tone. */
export function Mark({ as = "mark" }: { as?: string }) {
  return (
    <svg className={as} viewBox="0 0 16 16" aria-hidden="true">
      <path d="M2 8a6 6 0 1 1 6 6" />
      <path d="M5 8a3 3 0 1 1 3 3" />
      <circle cx="3" cy="13" r="2" />
    </svg>
  );
}
