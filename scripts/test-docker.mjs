/**
 * `npm run test:docker`: builds the image and runs docker-compose.yml with it, as whoever hosts it does. Says so, and ends well,
 * where there is no Docker engine, or none that can get the base images. `npm test` tries the image's steps without Docker.
 */
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { chmodSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { root } from "./lib/run.mjs";

const project = `scriptorium-test-${process.pid}`;
const image = `${project}-scriptorium`;
// A port that is free, and no settings of whoever runs this.
const env = { ...process.env, PUBLISH: "127.0.0.1:0", COMPOSE_PROFILES: "" };

const reason = impossibleBecause();
if (reason !== undefined) {
  console.log(`Skipped: ${reason}`);
  process.exit(0);
}
const bindMount = mkdtempSync(join(tmpdir(), "scriptorium-docker-"));
try {
  await test();
  console.log("The image and docker-compose.yml do what they should.");
} finally {
  docker("compose", "-p", project, "down", "--volumes", "--rmi", "local", "--timeout", "10");
  rmSync(bindMount, { recursive: true, force: true });
}

async function test() {
  await step("build", () => compose("build"));
  const { Size: bytes } = inspect(image);
  console.log(`  the image has ${(bytes / 1e6).toFixed(0)} MB`);
  await step("up and healthy", () => compose("up", "--detach", "--wait", "--wait-timeout", "120"));
  const container = compose("ps", "--quiet", "scriptorium").trim();
  const { Config: config, HostConfig: host } = inspect(container);
  assert.equal(config.User, "1000:1000");
  assert.equal(config.StopSignal, "SIGTERM");
  assert.equal(host.ReadonlyRootfs, true);
  assert.deepEqual(host.CapDrop, ["ALL"]);
  assert.equal(host.RestartPolicy.Name, "unless-stopped");
  console.log(`  memory: ${must("stats", "--no-stream", "--format", "{{.MemUsage}}", container).trim()}`);
  const id = await createDocument("kept");
  assert.match(compose("exec", "-T", "scriptorium", "scriptorium", "log", "verify"), /is sound/);
  assert.match(compose("exec", "-T", "scriptorium", "scriptorium", "backup", "/data/backups/first"), /first/);

  await step("a second container on the volume is refused", () => {
    const second = docker("run", "--rm", "--volumes-from", container, image);
    assert.equal(second.status, 2, second.stderr);
    assert.match(second.stderr, /is in use/);
  });
  await step("a directory of another user is refused", () => {
    chmodSync(bindMount, 0o755);
    const refused = docker("run", "--rm", "--read-only", "--volume", `${bindMount}:/data`, image);
    assert.equal(refused.status, 2, refused.stderr);
    assert.match(refused.stderr, /runs as user 1000, who may not read and write \/data/);
  });
  await step("stops by itself", () => {
    compose("stop");
    assert.equal(inspect(container).State.ExitCode, 0);
  });
  await step("down, up, and all is there", () => {
    compose("down");
    compose("up", "--detach", "--wait", "--wait-timeout", "120");
  });
  assert.equal(await (await fetch(`${origin()}/api/v1/documents/${id}/text`)).text(), "kept");
}

async function step(title, run) {
  const begun = performance.now();
  await run();
  console.log(`ok  ${title} (${((performance.now() - begun) / 1000).toFixed(1)} s)`);
}

async function createDocument(text) {
  const answer = await fetch(`${origin()}/api/v1/documents`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ text }),
  });
  assert.equal(answer.status, 201);
  return (await answer.json()).id;
}

function origin() {
  return `http://${compose("port", "scriptorium", "8080").trim()}`;
}

/** Why nothing can be tried here; undefined if it can. */
function impossibleBecause() {
  const engine = docker("version", "--format", "{{.Server.Version}}");
  if (engine.error || engine.status !== 0) {
    return `no Docker engine answers (${(engine.error?.message ?? engine.stderr).trim().split("\n")[0]}).`;
  }
  if (docker("compose", "version").status !== 0) return "docker compose is not there.";
  const bases = readFileSync(join(root, "Dockerfile"), "utf8").matchAll(/^FROM (\S+)/gm);
  for (const base of new Set([...bases].map(([, name]) => name))) {
    const isThere =
      docker("image", "inspect", base).status === 0 || docker("pull", "--quiet", base).status === 0;
    if (!isThere) return `the base image ${base} is neither here nor can it be pulled.`;
  }
  return undefined;
}

function inspect(name) {
  const [found] = JSON.parse(must("inspect", name));
  return found;
}

function compose(...args) {
  return must("compose", "-p", project, ...args);
}

/** What it prints; what it complains of is thrown. */
function must(...args) {
  const { status, stdout, stderr, error } = docker(...args);
  if (status !== 0)
    throw new Error(`docker ${args.join(" ")} ended with ${status}\n${error ?? ""}${stdout}${stderr}`);
  return stdout;
}

function docker(...args) {
  return spawnSync("docker", args, { cwd: root, env, encoding: "utf8", maxBuffer: 64 * 1024 * 1024 });
}
