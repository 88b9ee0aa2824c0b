import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";

/** Seen from the bundle: in a package beside it, in the repository where the web app is built. */
const places = ["../web/", "../../web/dist/"];

/** Where the built web app is. The last place of all, where it is at none: the server says so to whoever asks for a page. */
export function webDirectory(): string {
  const paths = places.map((place) => fileURLToPath(new URL(place, import.meta.url)));
  return paths.find((path) => existsSync(`${path}index.html`)) ?? paths.at(-1) ?? "";
}
