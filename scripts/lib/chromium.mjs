import { existsSync } from "node:fs";
import { run } from "./run.mjs";

const places = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];

/** Path of a Chromium for the browser tests; installs Debian's where it can, else says what to do and ends. */
export function ensureChromium() {
  const chosen = process.env.CHROMIUM_PATH ?? places.find((place) => existsSync(place));
  if (chosen !== undefined) return chosen;
  if (process.getuid?.() !== 0 || !existsSync("/usr/bin/apt-get")) {
    console.error(
      "The browser tests need Chromium. Install it (Debian: apt-get install chromium), " +
        "or set CHROMIUM_PATH to where it is.",
    );
    process.exit(1);
  }
  console.error("Installing Chromium for the browser tests.");
  const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
  run("apt-get", ["update", "-qq"], { env });
  run("apt-get", ["install", "-y", "-qq", "--no-install-recommends", "chromium"], { env });
  return "/usr/bin/chromium";
}
