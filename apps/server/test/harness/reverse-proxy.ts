import { type ChildProcess, execFile, spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as after } from "node:timers/promises";
import { promisify } from "node:util";
import { freePort } from "./free-port";
import { repository } from "./repository";

/** What a configuration of `deploy` is adapted to. */
interface Adaptation {
  /** Path of a configuration below `deploy`. */
  readonly configuration: string;
  /** Where the server is: its host and port. */
  readonly target: string;
  /** What else is another than there: each text that is found, and what takes its place. */
  readonly changes?: Readonly<Record<string, string>>;
}

/** A proxy's program and what it is started with. */
interface Program {
  readonly path: string;
  readonly args: readonly string[];
  readonly env?: Record<string, string>;
}

/** A real reverse proxy with one of our configurations, on a port of its own, with TLS. */
export class ReverseProxy {
  readonly port: number;
  /** The certificate that it shows, of 127.0.0.1: nobody but itself has signed it. */
  readonly certificate: string;
  /** Everything that it complained of. */
  readonly output: string[] = [];
  readonly #child: ChildProcess;
  readonly #directory: string;
  readonly #ended: Promise<unknown>;

  private constructor(child: ChildProcess, directory: string, port: number, certificate: string) {
    this.#child = child;
    this.#directory = directory;
    this.port = port;
    this.certificate = certificate;
    child.stderr?.on("data", (chunk: Buffer) => this.output.push(chunk.toString()));
    this.#ended = new Promise((resolve) => child.once("close", resolve));
  }

  static startNginx(options: Adaptation): Promise<ReverseProxy> {
    return ReverseProxy.#start(options, async (directory, site, port) => {
      const sited = replace(site, { "listen 443 ssl": `listen 127.0.0.1:${port} ssl` })
        .replace(/ssl_certificate +\S+;/, `ssl_certificate ${join(directory, "certificate.pem")};`)
        .replace(/ssl_certificate_key +\S+;/, `ssl_certificate_key ${join(directory, "key.pem")};`);
      const temporary = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"];
      const main = [
        "daemon off;",
        ...(process.getuid?.() === 0 ? ["user root;"] : []),
        `pid ${join(directory, "pid")};`,
        "events {}",
        "http {",
        "access_log off;",
        ...temporary.map((name) => `${name}_temp_path ${join(directory, name)};`),
        sited,
        "}",
      ];
      const file = join(directory, "nginx.conf");
      await writeFile(file, main.join("\n"));
      return { path: toolPath("nginx"), args: ["-p", directory, "-c", file, "-e", "stderr"] };
    });
  }

  static startCaddy(options: Adaptation): Promise<ReverseProxy> {
    return ReverseProxy.#start(options, async (directory, site, port) => {
      const [certificate, key] = [join(directory, "certificate.pem"), join(directory, "key.pem")];
      const sited = site
        .replace(/^(\{\$DOMAIN\}|example\.org) \{$/m, `https://127.0.0.1:${port} {`)
        .replace("encode gzip", `tls ${certificate} ${key}\n\tencode gzip`);
      const file = join(directory, "Caddyfile");
      await writeFile(file, `{\n\tadmin off\n\tauto_https disable_redirects\n}\n${sited}`);
      return {
        path: toolPath("caddy"),
        args: ["run", "--config", file, "--adapter", "caddyfile"],
        env: { HOME: directory, XDG_DATA_HOME: directory, XDG_CONFIG_HOME: directory },
      };
    });
  }

  static async #start(
    { configuration, target, changes = {} }: Adaptation,
    prepare: (directory: string, site: string, port: number) => Promise<Program>,
  ): Promise<ReverseProxy> {
    const directory = await mkdtemp(join(tmpdir(), "reverse-proxy-"));
    const certificate = await makeCertificate(directory);
    const port = await freePort();
    const deployed = await readFile(join(repository, "deploy", configuration), "utf8");
    const server = /(127\.0\.0\.1|scriptorium):8080/.exec(deployed)?.[0] ?? "";
    const site = replace(deployed, { [server]: target, ...changes });
    const { path, args, env } = await prepare(directory, site, port);
    const child = spawn(path, args, {
      env: { PATH: process.env.PATH, ...env },
      stdio: ["ignore", "ignore", "pipe"],
    });
    const proxy = new ReverseProxy(child, directory, port, certificate);
    await proxy.#listening();
    return proxy;
  }

  get origin(): string {
    return `https://127.0.0.1:${this.port}`;
  }

  async stop(): Promise<void> {
    this.#child.kill();
    await this.#ended;
    await rm(this.#directory, { recursive: true, force: true });
  }

  /** @throws with what it complained of if it ends instead */
  async #listening(): Promise<void> {
    while (!(await this.#takesConnections())) {
      if (this.#child.exitCode !== null) throw new Error(`the proxy has ended:\n${this.output.join("")}`);
      await after(20);
    }
  }

  #takesConnections(): Promise<boolean> {
    return new Promise((resolve) => {
      const socket = connect(this.port, "127.0.0.1");
      socket.once("connect", () => {
        socket.destroy();
        resolve(true);
      });
      socket.once("error", () => resolve(false));
    });
  }
}

/** @throws if a configuration has no such text any more */
function replace(text: string, changes: Readonly<Record<string, string>>): string {
  return Object.entries(changes).reduce((changed, [from, to]) => {
    if (from === "" || !changed.includes(from)) throw new Error(`the configuration has no "${from}"`);
    return changed.replaceAll(from, to);
  }, text);
}

/** Path of the program. `npm test` sees to it that it is there. */
function toolPath(name: "nginx" | "caddy"): string {
  const folder = name === "nginx" ? "usr/sbin" : "usr/bin";
  const places = [
    process.env[`${name.toUpperCase()}_BIN`] ?? join("/", folder),
    join(repository, "node_modules/.cache", name, folder),
  ];
  const found = places.map((place) => join(place, name)).find((path) => existsSync(path));
  if (found === undefined) throw new Error(`there is no ${name}: npm test fetches it`);
  return found;
}

/** Writes `certificate.pem` and `key.pem`. @returns the certificate */
async function makeCertificate(directory: string): Promise<string> {
  const file = join(directory, "certificate.pem");
  await promisify(execFile)("openssl", [
    ...["req", "-x509", "-nodes", "-days", "2", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1"],
    ...["-subj", "/CN=127.0.0.1", "-addext", "subjectAltName=IP:127.0.0.1"],
    ...["-keyout", join(directory, "key.pem"), "-out", file],
  ]);
  return readFile(file, "utf8");
}
