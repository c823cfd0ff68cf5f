/**
 * Stands for `@lezer/highlight` in the pages (next.config.js). The Markdown parser names a tag for each of its nodes, for
 * editors that colour what it reads; nobody here asks for one, and they were 2 kB of every first load.
 */
export class Tag {}

const tag = new Tag();

/** Every tag, also one that modifies another. */
export const tags = new Proxy({}, { get: () => () => tag });

/** A source of properties that has none, whichever node it is asked about. */
export const styleTags = () => () => null;
