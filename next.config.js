/** Next renders the pages; server.ts owns the port, the socket and /trpc. */
/** @type {import('next').NextConfig} */
export default {
  poweredByHeader: false,
  reactStrictMode: true,
  // Ours to lint and check, in one place: scripts/test.mjs.
  typescript: { ignoreBuildErrors: true },
  // What nobody asks for is not sent: see there.
  turbopack: { resolveAlias: { "@lezer/highlight": "./src/ui/messages/markdown/no-tags.ts" } },
  serverExternalPackages: ["@node-rs/argon2", "pg", "pino", "prom-client", "@prisma/client", "@prisma/adapter-pg"],
};
