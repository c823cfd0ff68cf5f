/** A person's hue, 0 to 359, from their id: the same on every screen, and spread well even over ids made one after another. */
export function hueOf(id: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < id.length; i++) hash = Math.imul(hash ^ id.charCodeAt(i), 0x01000193) >>> 0;
  return hash % 360;
}

/** The letter in a face: the first of the name as people see letters, so an emoji or an accent stays whole. */
export function initialOf(name: string): string {
  const [first] = new Intl.Segmenter("en").segment(name.trim());
  return first?.segment.toLocaleUpperCase("en") ?? "?";
}
