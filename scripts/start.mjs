/** `npm start`: installs and builds what is missing, then serves, in this process, so that signals reach the server. */
import { ensureBuilt } from "./lib/build.mjs";
import { ensureInstalled, requireNode } from "./lib/install.mjs";

requireNode();
ensureInstalled();
ensureBuilt();
await import("../apps/server/dist/main.js");
