import { defineConfig } from "vite";

/**
 * Bundles the server and its workers for Node with all that they import, so that a start reads a few files rather than a
 * thousand. Only what has a binary part stays in node_modules.
 */
export default defineConfig({
  ssr: { target: "node", noExternal: true, external: ["better-sqlite3"] },
  build: {
    ssr: true,
    target: "node20",
    outDir: "dist",
    sourcemap: true,
    // What their licences ask for of whoever passes the packages on.
    license: { fileName: "licenses.md" },
    rolldownOptions: {
      input: {
        main: "src/main.ts",
        "projection-worker": "src/projections/worker.ts",
        "search-worker": "src/search/worker.ts",
        "retention-worker": "src/retention/worker.ts",
        "backup-worker": "src/backups/worker.ts",
        cli: "src/cli/main.ts",
      },
      // All in one folder: what is shared finds workers and web app from there like the entries.
      output: { entryFileNames: "[name].js", chunkFileNames: "[name]-[hash].js" },
    },
  },
});
