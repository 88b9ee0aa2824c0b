import { defineConfig } from "vite";

/**
 * Bundles the server and its worker for Node: our own packages inlined, with lib0, which only they import; the other
 * libraries stay in node_modules.
 */
export default defineConfig({
  ssr: { target: "node", noExternal: [/^@scriptorium\//, /^lib0/] },
  build: {
    ssr: true,
    target: "node20",
    outDir: "dist",
    sourcemap: true,
    rolldownOptions: {
      input: {
        main: "src/main.ts",
        "projection-worker": "src/projections/worker.ts",
        "search-worker": "src/search/worker.ts",
        "retention-worker": "src/retention/worker.ts",
        cli: "src/cli/main.ts",
      },
      output: { entryFileNames: "[name].js" },
    },
  },
});
