import { spawnSync } from "node:child_process";
import { chmod, chown, mkdir, mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { confined, imageUser, notConfinedBecause } from "./harness/confinement";
import { layOutImage } from "./harness/package";
import { repository } from "./harness/repository";
import { ServerProcess } from "./harness/server-process";

/** The steps of the Dockerfile, without Docker: `npm run test:docker` takes them with it. */
const directory = await mkdtemp(join(tmpdir(), "scriptorium-image-"));
// For everybody, as the image's root is; what mkdtemp makes is for its owner alone.
await chmod(directory, 0o755);
const app = join(directory, "app");
const scriptorium = (...args: string[]) => [process.execPath, join(app, "dist/cli.js"), ...args] as const;
const unconfined = notConfinedBecause(directory);
/** Where this cannot be tried, the name of the test says why. */
const confinedTest = (title: string, run: () => Promise<void>) =>
  test.skipIf(unconfined !== undefined)(
    unconfined === undefined ? title : `${title} (not tried: ${unconfined})`,
    run,
  );

beforeAll(() => layOutImage(app));

afterAll(() => rm(directory, { recursive: true, force: true }));

/** A directory as a volume is made for the image. */
async function makeVolume(name: string): Promise<string> {
  const volume = join(directory, name);
  await mkdir(volume);
  await chown(volume, imageUser, imageUser);
  return volume;
}

function run([program, ...args]: readonly [string, ...string[]], env: Record<string, string> = {}) {
  const { status, stdout, stderr } = spawnSync(program, args, {
    encoding: "utf8",
    env: { PATH: process.env.PATH, ...env },
  });
  return { code: status, stdout, stderr };
}

test("the package holds what runs, and needs one other package, in exactly the tested version", async () => {
  const manifest: { dependencies: object } = JSON.parse(await readFile(join(app, "package.json"), "utf8"));
  const { version }: { version: string } = JSON.parse(
    await readFile(join(repository, "package.json"), "utf8"),
  );
  const server: { dependencies: Record<string, string> } = JSON.parse(
    await readFile(join(repository, "apps/server/package.json"), "utf8"),
  );
  expect(manifest).toMatchObject({
    name: "scriptorium",
    version,
    license: "Apache-2.0",
    bin: { scriptorium: "dist/cli.js" },
    engines: { node: expect.any(String) },
    dependencies: { "better-sqlite3": server.dependencies["better-sqlite3"] },
  });
  expect(Object.keys(manifest.dependencies)).toHaveLength(1);
  expect(Object.keys(manifest)).not.toContain("private");
  const files = await readdir(app, { recursive: true });
  const modules = files.filter((file) => /^node_modules\/[^/]+$/.test(file));
  expect(modules.toSorted()).toEqual([
    "node_modules/better-sqlite3",
    "node_modules/bindings",
    "node_modules/file-uri-to-path",
  ]);
  expect(files.filter((file) => /\.(map|ts|cpp|c|h|gyp|a|o)$/.test(file))).toEqual([]);
  expect(files).toEqual(
    expect.arrayContaining([
      "README.md",
      "LICENSE",
      "web/index.html",
      "web/licenses.md",
      "dist/cli.js",
      "dist/licenses.md",
    ]),
  );
});

test("npm would publish server, web app, README and licence, and nothing that was built for this machine", () => {
  const packed = run(["npm", "pack", "--dry-run", "--json", app], { HOME: directory });
  expect(packed.stderr + packed.stdout).toContain('"files"');
  const [{ files }]: [{ files: readonly { path: string; mode: number }[] }] = JSON.parse(packed.stdout);
  const tops = new Set(files.map(({ path }) => path.split("/")[0]));
  expect([...tops].toSorted()).toEqual(["LICENSE", "README.md", "dist", "package.json", "web"]);
  expect(files.find(({ path }) => path === "dist/cli.js")?.mode).toBe(0o755);
});

test("the image's label names the version", async () => {
  const { version }: { version: string } = JSON.parse(
    await readFile(join(repository, "package.json"), "utf8"),
  );
  expect(await readFile(join(repository, "Dockerfile"), "utf8")).toContain(
    `org.opencontainers.image.version="${version}"`,
  );
});

confinedTest("serves as another user, without capabilities and with a read-only root", async () => {
  const data = await makeVolume("data");
  const command = confined(data, scriptorium("serve"));
  const refused = run(confined(data, ["touch", join(app, "touched")]));
  expect(refused.stderr).toContain("Read-only file system");

  const server = await ServerProcess.start(data, { command });
  const status = await readFile(`/proc/${server.pid}/status`, "utf8");
  expect(status).toMatch(new RegExp(`^Uid:\\t${imageUser}\\t`, "m"));
  expect(status).toMatch(/^CapEff:\t0+$/m);
  const page = await (await fetch(`${server.origin}/d/anything`)).text();
  const [, script = "none"] = /<script type="module"[^>]* src="([^"]+)"/.exec(page) ?? [];
  expect((await fetch(new URL(script, server.origin))).headers.get("content-type")).toContain("javascript");
  const id = await server.createDocument({ text: "kept" });

  const port = { PORT: String(server.port) };
  expect(run(confined(data, scriptorium("health")), port)).toMatchObject({ code: 0 });
  expect(run(confined(data, scriptorium("log", "verify", "--data", data))).stdout).toContain("is sound");
  const second = run(confined(data, scriptorium("serve")), { SCRIPTORIUM_DATA_DIR: data, PORT: "0" });
  expect(second).toMatchObject({ code: 2, stderr: expect.stringContaining("is in use") });
  expect(await server.stop()).toBe(0);
  expect(run(confined(data, scriptorium("health")), port)).toMatchObject({
    code: 1,
    stdout: expect.stringContaining("ECONNREFUSED"),
  });

  const restarted = await ServerProcess.start(data, { command });
  expect(await restarted.text(id)).toBe("kept");
  expect(await restarted.stop()).toBe(0);
});

confinedTest("a data directory of another user is refused, with what to do, and left as it is", async () => {
  const data = join(directory, "of-root");
  await mkdir(data);
  const { code, stderr, stdout } = run(confined(data, scriptorium("serve")), {
    SCRIPTORIUM_DATA_DIR: data,
    PORT: "0",
  });
  expect(stderr).toContain(`The server runs as user ${imageUser}, who may not read and write ${data}`);
  expect(stderr).toContain(`belongs to user 0. Give it to this user (chown -R ${imageUser} ${data})`);
  expect(stdout).toBe("");
  expect(code).toBe(2);
  expect(await readdir(data)).toEqual([]);
});
