/** Installs the dependencies of the lockfile, with the pnpm that the other commands use. */
import { ensureInstalled, requireNode } from "./lib/install.mjs";

requireNode();
ensureInstalled();
