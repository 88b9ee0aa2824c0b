# Scriptorium in a container: docs/install.md. Nothing here depends on the processor: amd64 and arm64 build alike.
# Node 22, as better-sqlite3 12 that is compiled for Node 24.19 or newer aborts the process when garbage is collected
# (https://github.com/nodejs/node/issues/65446). Version 13 does not, and does not run on Node 20.
FROM node:22-bookworm-slim AS build
# Where no binary of SQLite can be fetched, it is compiled.
RUN apt-get update \
  && apt-get install --yes --no-install-recommends g++ make python3 \
  && rm -rf /var/lib/apt/lists/*
WORKDIR /src
# The dependencies, anew only when they change.
COPY package.json pnpm-lock.yaml pnpm-workspace.yaml ./
COPY apps/server/package.json apps/server/
COPY apps/web/package.json apps/web/
COPY bench/package.json bench/
COPY e2e/package.json e2e/
COPY packages/ids/package.json packages/ids/
COPY packages/log/package.json packages/log/
COPY packages/protocol/package.json packages/protocol/
COPY packages/provider/package.json packages/provider/
COPY scripts scripts
RUN node scripts/install.mjs
COPY . .
RUN npm run --silent package -- --standalone --to /app

FROM node:22-bookworm-slim
LABEL org.opencontainers.image.title="Scriptorium" \
  org.opencontainers.image.description="A self-hosted collaborative text editor that loses nothing" \
  org.opencontainers.image.licenses="Apache-2.0" \
  org.opencontainers.image.version="0.1.0"
COPY --from=build /app /app
# The directory's owner is that of a volume which is made for it.
RUN ln -s /app/dist/cli.js /usr/local/bin/scriptorium && mkdir /data && chown 1000:1000 /data
ENV PORT=8080 SCRIPTORIUM_HOST=0.0.0.0 SCRIPTORIUM_DATA_DIR=/data
USER 1000:1000
WORKDIR /data
VOLUME ["/data"]
EXPOSE 8080
STOPSIGNAL SIGTERM
# The long start is for a log that has to be read anew; a server that is ready is found out within a second.
HEALTHCHECK --interval=15s --timeout=5s --start-period=10m --start-interval=1s --retries=3 \
  CMD ["scriptorium", "health"]
ENTRYPOINT ["scriptorium"]
CMD ["serve"]
