/** `npm run docs`: writes into the README what the code says of every variable of the configuration. */
import { spawnSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { ensureBuilt } from "./lib/build.mjs";
import { ensureInstalled, requireNode } from "./lib/install.mjs";
import { root } from "./lib/run.mjs";

const readme = join(root, "README.md");
const place = /(<!-- variables: .* -->\n\n)[\s\S]*?(\n<!-- end of variables -->)/;

requireNode();
ensureInstalled();
ensureBuilt();
const { status, stdout } = spawnSync(process.execPath, ["apps/server/dist/cli.js", "config", "table"], {
  cwd: root,
  encoding: "utf8",
  stdio: ["ignore", "pipe", "inherit"],
});
if (status !== 0) process.exit(status ?? 1);
const text = readFileSync(readme, "utf8");
if (!place.test(text)) throw new Error(`${readme} has no place for the table of variables`);
writeFileSync(
  readme,
  text.replace(place, (_all, before, after) => before + stdout + after),
);
