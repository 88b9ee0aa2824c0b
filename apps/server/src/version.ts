import { readFileSync } from "node:fs";

/** The version that a package's manifest names. */
export function readVersion(manifest: URL): string {
  const { version }: { version: string } = JSON.parse(readFileSync(manifest, "utf8"));
  return version;
}
