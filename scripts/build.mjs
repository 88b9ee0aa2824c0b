/** `npm run build`: builds server and web app, whatever is there. */
import { build } from "./lib/build.mjs";
import { ensureInstalled, requireNode } from "./lib/install.mjs";

requireNode();
ensureInstalled();
build();
