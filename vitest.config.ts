import { configDefaults, defineConfig } from "vitest/config";

/** What replaces modules, or loads them again. */
const isolated = [
  "packages/log/**/*.test.ts",
  "apps/web/src/ui/strings.test.ts",
  "apps/web/src/markdown/preview/enhancer.test.ts",
];

/** `unit` and `isolated` run on source; `integration` starts the built server as real processes. */
export default defineConfig({
  test: {
    // As many as the smallest machine has processors: by itself it would leave one of two idle.
    maxWorkers: 2,
    projects: [
      {
        test: {
          name: "unit",
          // One process and one copy of each module for all files: to load them anew for each took longer than the tests.
          // So a test leaves the globals as it found them; what replaces modules is in `isolated`.
          pool: "threads",
          isolate: false,
          setupFiles: ["vitest.setup.ts", "apps/web/test/speak-english.ts"],
          include: [
            "packages/**/*.test.ts",
            "apps/*/src/**/*.test.ts",
            "apps/web/test/**/*.test.ts",
            "bench/src/**/*.test.ts",
          ],
          exclude: [...configDefaults.exclude, ...isolated],
          testTimeout: 30_000,
          hookTimeout: 30_000,
        },
      },
      {
        test: {
          name: "isolated",
          setupFiles: ["vitest.setup.ts", "apps/web/test/speak-english.ts"],
          include: isolated,
          testTimeout: 30_000,
          hookTimeout: 30_000,
        },
      },
      {
        test: {
          name: "integration",
          // A process for each file, with clients and Yjs loaded anew, costs more than some files' tests. Nothing is
          // replaced here, and what a test spies on it gives back.
          isolate: false,
          include: ["apps/server/test/**/*.test.ts"],
          testTimeout: 120_000,
          // What the tests of a file share is made in a hook.
          hookTimeout: 120_000,
        },
      },
    ],
  },
});
