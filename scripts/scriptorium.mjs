/** `npm run scriptorium -- <command>`: installs and builds what is missing, then runs the operator's command line. */
import { ensureBuilt } from "./lib/build.mjs";
import { ensureInstalled, requireNode } from "./lib/install.mjs";

requireNode();
ensureInstalled();
ensureBuilt();
await import("../apps/server/dist/cli.js");
