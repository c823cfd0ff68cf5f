# Earshot in a container. It brings no Postgres: give it DATABASE_URL (docker-compose.yml does).

FROM node:24-slim AS build
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
RUN npm ci --include=dev --no-audit --no-fund
COPY . .
RUN node scripts/prepare-image.mjs && rm -rf .next/cache

FROM node:24-slim AS packages
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
# Leaves out what builds and tests, the embedded Postgres too: without DATABASE_URL the server says so in one line.
RUN npm ci --omit=dev --no-audit --no-fund

FROM node:24-slim
ENV NODE_ENV=production PORT=3000 HOST=0.0.0.0 NEXT_TELEMETRY_DISABLED=1
WORKDIR /app
COPY --from=packages /app/node_modules ./node_modules
# .next holds relative symlinks into node_modules; COPY of a directory keeps them as they are.
COPY --from=build /app/.next ./.next
COPY --from=build /app/dist ./dist
COPY --from=build /app/public ./public
COPY package.json next.config.js ./
COPY prisma/migrations ./prisma/migrations
USER node
EXPOSE 3000
# Alive, not ready: a container without its database is reconnecting, and restarting it would only cost its sockets.
HEALTHCHECK --interval=10s --timeout=3s --start-period=30s \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT}/healthz`).then((r) => process.exit(r.ok ? 0 : 1), () => process.exit(1))"]
# Node itself is process 1: SIGTERM reaches the server, which says goodbye to its sockets before it ends.
CMD ["node", "--enable-source-maps", "--max-semi-space-size=64", "dist/server.js"]
