import { build, checkNode, generate } from "./prepare.mjs";

/** What the Dockerfile runs after `npm ci`: the database client and the production build. */
checkNode();
await generate();
await build();
