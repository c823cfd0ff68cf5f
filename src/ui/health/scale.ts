/** Where a value stands between the foot of a chart, 0, and its top, 1; and the values that are written beside it. */
export type Scale = { at: (value: number) => number; ticks: readonly number[] };

/** From nought to the first of 1, 2 or 5, times a power of ten, that nothing exceeds. For whole things: never under 6, so that half of it is whole. */
export function linear(values: readonly number[]): Scale {
  const most = Math.max(6, ...values);
  const power = 10 ** Math.floor(Math.log10(most));
  const top = most === 6 ? 6 : ([1, 2, 5, 10].find((step) => step * power >= most) ?? 10) * power;
  return { at: (value) => value / top, ticks: [0, top / 2, top] };
}

/** By powers of ten, so that a second and a millisecond are both to be read. Never less than 1 to 100. */
export function logarithmic(values: readonly number[]): Scale {
  const least = Math.floor(Math.log10(Math.max(0.1, Math.min(1, ...values))));
  const most = Math.max(least + 2, Math.ceil(Math.log10(Math.max(100, ...values))));
  const ticks = Array.from({ length: most - least + 1 }, (_, n) => 10 ** (least + n));
  const at = (value: number) => Math.min(1, Math.max(0, (Math.log10(value) - least) / (most - least)));
  return { at, ticks };
}

/** A line through what there is, `1` wide and high, drawn from the left; where there is nothing it is broken. */
export function pathOf(values: readonly (number | null)[], { at }: Scale): string {
  const step = 1 / Math.max(1, values.length - 1);
  let isOpen = false;
  return values
    .flatMap((value, n) => {
      if (value === null) {
        isOpen = false;
        return [];
      }
      const point = `${(n * step).toFixed(4)} ${(1 - at(value)).toFixed(4)}`;
      // A minute that stands alone is a dot: a line to itself, with round ends.
      const drawn = isOpen ? `L${point}` : `M${point}L${point}`;
      isOpen = true;
      return [drawn];
    })
    .join("");
}
