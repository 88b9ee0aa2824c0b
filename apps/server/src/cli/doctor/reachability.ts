import { connect } from "node:net";
import { UlidGenerator } from "@scriptorium/ids";
import { CloseCode } from "@scriptorium/protocol";
import { WebSocket } from "ws";
import { z } from "zod";
import { type Finding, fail, ok, warn } from "./finding";

const timeoutMs = 5000;

const alive = z.object({ status: z.literal("alive") });

/** Where the server listens, or will. */
export interface Address {
  readonly host: string;
  readonly port: number;
}

/** Is the port free, or is it our server that has it? */
export async function checkPort({ host, port }: Address, isServed: boolean): Promise<Finding> {
  const name = "port";
  if (port === 0) return ok(name, "the system chooses one");
  const reachable = host === "0.0.0.0" || host === "::" ? "localhost" : host;
  const where = `${reachable}:${port}`;
  if (!(await listens(reachable, port))) {
    if (!isServed) return ok(name, `${where} is free`);
    const todo = "It may be about to start, or run with other variables than the doctor: give both the same.";
    return warn(name, `a server runs on the data, but none listens on ${where}`, todo);
  }
  const answer = await askJson(`http://${where}/healthz`).catch(() => undefined);
  if (!alive.safeParse(answer).success) {
    return fail(name, `something else listens on ${where}`, "Stop it, or choose another PORT.");
  }
  if (isServed) return ok(name, `our server answers on ${where}`);
  return fail(
    name,
    `a Scriptorium with other data listens on ${where}`,
    "Choose another PORT, or stop that one.",
  );
}

function listens(host: string, port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host, port, timeout: timeoutMs });
    const end = (answer: boolean) => {
      socket.destroy();
      resolve(answer);
    };
    socket.once("connect", () => end(true));
    socket.once("error", () => end(false));
    socket.once("timeout", () => end(false));
  });
}

/** Do people reach the server by the address that they are told? */
export async function checkBaseUrl(baseUrl: URL): Promise<Finding> {
  const name = "base URL";
  try {
    const answer = await askJson(under(baseUrl, "healthz"));
    if (alive.safeParse(answer).success) return ok(name, `the server answers at ${baseUrl.href}`);
    return fail(
      name,
      `something else answers at ${baseUrl.href}`,
      "Does the proxy lead to this server, path included?",
    );
  } catch (error) {
    const todo =
      "Is the server up, and the proxy? Does the name lead there, also from this machine? Is its certificate one that is trusted?";
    return fail(name, `${baseUrl.href}: ${reasonOf(error)}`, todo);
  }
}

/** Does a WebSocket get through? */
export async function checkWebSocket(baseUrl: URL): Promise<Finding> {
  const name = "WebSocket";
  const url = under(baseUrl, `ws/${new UlidGenerator().next()}`);
  url.protocol = url.protocol === "https:" ? "wss:" : "ws:";
  const begin = performance.now();
  const end = await openSocket(url, baseUrl.origin);
  // Nobody has that document: the server itself says so.
  if (end === CloseCode.notFound) {
    return ok(name, `gets through to the server in ${Math.ceil(performance.now() - begin)} ms`);
  }
  return fail(
    name,
    `${url.href}: ${typeof end === "number" ? `closed with ${end}` : end}`,
    "The proxy must pass on upgrades (nginx: proxy_http_version 1.1, and the headers Upgrade and Connection); without them nobody can edit.",
  );
}

/** @returns the close code, or why there is none */
function openSocket(url: URL, origin: string): Promise<number | string> {
  return new Promise((resolve) => {
    const socket = new WebSocket(url, { origin, handshakeTimeout: timeoutMs });
    const impatience = setTimeout(() => {
      resolve("nothing comes through");
      socket.terminate();
    }, 2 * timeoutMs);
    const end = (answer: number | string) => {
      clearTimeout(impatience);
      resolve(answer);
    };
    socket.once("error", (error) => end(error.message));
    socket.once("close", (code) => end(code));
  });
}

const seenSchema = z.object({ forwardedFor: z.array(z.string()), trustedProxies: z.int() });

/** Do as many proxies add an address as the server was told? */
export async function checkProxies(baseUrl: URL, token: string | undefined): Promise<Finding> {
  const name = "proxies";
  let seen: z.infer<typeof seenSchema>;
  try {
    seen = seenSchema.parse(await askJson(under(baseUrl, "debug/request"), token));
  } catch (error) {
    const todo =
      "Does the proxy pass on /debug/request? Has the doctor the SCRIPTORIUM_OPERATOR_TOKEN of the server?";
    return warn(name, `the server does not say what it sees: ${reasonOf(error)}`, todo);
  }
  const { trustedProxies } = seen;
  const added = seen.forwardedFor.length;
  const what = `X-Forwarded-For arrives with ${added === 1 ? "1 address" : `${added} addresses`}, and SCRIPTORIUM_TRUSTED_PROXIES is ${trustedProxies}`;
  if (added === trustedProxies) return ok(name, what);
  if (added < trustedProxies) {
    return fail(
      name,
      `${what}: clients could make up their address`,
      `Set SCRIPTORIUM_TRUSTED_PROXIES=${added}, or have each proxy add the address that it sees.`,
    );
  }
  return warn(
    name,
    `${what}: all clients count as one`,
    `Set SCRIPTORIUM_TRUSTED_PROXIES=${added} if all of these proxies are yours.`,
  );
}

function under(baseUrl: URL, path: string): URL {
  const base = baseUrl.href.endsWith("/") ? baseUrl.href : `${baseUrl.href}/`;
  return new URL(path, base);
}

async function askJson(url: URL | string, token?: string): Promise<unknown> {
  const headers = token === undefined ? {} : { authorization: `Bearer ${token}` };
  const response = await fetch(url, { headers, signal: AbortSignal.timeout(timeoutMs) });
  if (!response.ok) throw new Error(`it answers with ${response.status}`);
  return response.json();
}

function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  // What fetch says itself is only that it failed.
  return error.cause instanceof Error ? error.cause.message : error.message;
}
