import { defineConfig } from "vite";

/** Bundles the benchmarks for Node, so that they run as the product does: without a transpiler in between. */
export default defineConfig({
  ssr: { target: "node", noExternal: [/^@scriptorium\//, /^lib0/, /^y-websocket/, /^y-protocols/] },
  build: {
    ssr: true,
    target: "node20",
    outDir: "dist",
    rolldownOptions: {
      input: {
        data: "src/data.ts",
        ids: "src/ids.ts",
        "mint-worker": "src/ids/mint-worker.ts",
        log: "src/log.ts",
        metrics: "src/metrics.ts",
        replay: "src/replay.ts",
        rooms: "src/rooms.ts",
        web: "src/web.ts",
      },
      output: { entryFileNames: "[name].js" },
    },
  },
});
