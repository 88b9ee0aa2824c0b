import { defineConfig } from "vite";

/** Builds the page with plain CodeMirror that ours is measured against. */
export default defineConfig({
  root: import.meta.dirname,
  build: { outDir: "../dist/plain", emptyOutDir: true, target: "chrome123" },
});
