import { mkdir } from "node:fs/promises";
import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "vite";

const packageDirectory = fileURLToPath(new URL("..", import.meta.url));

/**
 * Bundles `test/<name>.ts` so that Node can run it as a process or worker of its own.
 *
 * @returns the bundle's path
 */
export async function bundle(name: string): Promise<string> {
  // Within the package, so that its dependencies are found from there.
  const outDir = join(packageDirectory, "node_modules", ".test", name);
  await mkdir(outDir, { recursive: true });
  await build({
    configFile: false,
    root: packageDirectory,
    logLevel: "error",
    build: {
      ssr: join("test", `${name}.ts`),
      outDir,
      emptyOutDir: true,
      target: "node20",
      rollupOptions: { output: { entryFileNames: "[name].mjs" } },
    },
  });
  return join(outDir, `${basename(name)}.mjs`);
}
