/**
 * `npm run package [-- --standalone] [--to DIRECTORY]`: builds what is to be shipped into a directory, `dist/package` by
 * itself, which `npm pack` and `npm install -g` take. With `--standalone` it needs Node and nothing else.
 * `--built` takes what is built already.
 */
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { ensureBuilt } from "./lib/build.mjs";
import { ensureInstalled, requireNode } from "./lib/install.mjs";
import { layOutPackage } from "./lib/package.mjs";
import { root } from "./lib/run.mjs";

requireNode();
const { to, standalone, built } = readArguments();
if (!built) {
  ensureInstalled();
  ensureBuilt();
}
const directory = resolve(to);
layOutPackage(directory, { standalone });
console.log(`The package is in ${directory}.`);

function readArguments() {
  try {
    return parseArgs({
      options: {
        to: { type: "string", default: join(root, "dist/package") },
        standalone: { type: "boolean", default: false },
        built: { type: "boolean", default: false },
      },
    }).values;
  } catch (error) {
    console.error(`${error.message}\nUsage: npm run package [-- --standalone] [--built] [--to DIRECTORY]`);
    process.exit(1);
  }
}
