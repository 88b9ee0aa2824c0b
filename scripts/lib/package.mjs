import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { createRequire } from "node:module";
import { dirname, join, relative, sep } from "node:path";
import { root } from "./run.mjs";

/** What has a binary part, and so is not in the bundle. */
const native = "better-sqlite3";

/**
 * Lays out what is shipped, of what is built: the bundles of server and web app, and a manifest that names the one
 * package that they need. npm can install it; with `standalone` that package is in it, too, and Node is all it needs.
 *
 * @param directory is made anew
 */
export function layOutPackage(directory, { standalone }) {
  const server = join(root, "apps/server");
  const requireOfServer = createRequire(join(server, "package.json"));
  rmSync(directory, { recursive: true, force: true });
  mkdirSync(directory, { recursive: true });
  copy(join(server, "dist"), join(directory, "dist"), (path) => !path.endsWith(".map"));
  chmodSync(join(directory, "dist/cli.js"), 0o755);
  copy(join(root, "apps/web/dist"), join(directory, "web"));
  for (const file of ["README.md", "LICENSE"]) copy(join(root, file), join(directory, file));
  const { version } = requireOfServer(`${native}/package.json`);
  writeFileSync(join(directory, "package.json"), `${JSON.stringify(manifest(version), null, 2)}\n`);
  if (standalone) copyDependency(native, requireOfServer, join(directory, "node_modules"));
}

/** @param nativeVersion exactly the one that the lockfile names, and the tests have run with */
function manifest(nativeVersion) {
  const { name, version, description, license, engines } = readManifest(root);
  return {
    ...{ name, version, description, license },
    keywords: ["collaborative", "editor", "yjs", "markdown", "self-hosted"],
    type: "module",
    bin: { scriptorium: "dist/cli.js" },
    files: ["dist", "web"],
    engines,
    dependencies: { [native]: nativeVersion },
  };
}

/** Of a package only what runs: its code and the binary that was built of it; the same of what it loads. */
function copyDependency(name, requireOfParent, modules) {
  const source = realpathSync(packageDirectory(name, requireOfParent));
  const target = join(modules, name);
  if (existsSync(target)) return;
  copy(source, target, (path) => isRun(relative(source, path)));
  const { dependencies = {} } = readManifest(source);
  const requireOfPackage = createRequire(join(source, "package.json"));
  for (const dependency of Object.keys(dependencies)) {
    // Fetches or builds the binary, which is there.
    if (dependency !== "prebuild-install") copyDependency(dependency, requireOfPackage, modules);
  }
}

/** @param path within a package */
function isRun(path) {
  if (path === "" || /^(package\.json|licen[cs]e.*)$/i.test(path)) return true;
  const [top] = path.split(sep);
  if (top === "build") return /^build(.Release(.better_sqlite3\.node)?)?$/.test(path);
  return top === "lib" || /\.js$/.test(path);
}

/** Packages need not export their manifest, so that they are looked for where Node does. */
function packageDirectory(name, { resolve }) {
  const found = (resolve.paths(name) ?? []).map((modules) => join(modules, name)).find(existsSync);
  if (found === undefined) throw new Error(`${name} is not installed`);
  return found;
}

function readManifest(directory) {
  return JSON.parse(readFileSync(join(directory, "package.json"), "utf8"));
}

function copy(source, target, filter = () => true) {
  mkdirSync(dirname(target), { recursive: true });
  cpSync(source, target, { recursive: true, dereference: true, filter });
}
