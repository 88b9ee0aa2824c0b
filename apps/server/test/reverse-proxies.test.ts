import { execFile } from "node:child_process";
import { writeFile } from "node:fs/promises";
import { request } from "node:https";
import { join } from "node:path";
import { text as textOfStream } from "node:stream/consumers";
import { promisify } from "node:util";
import { afterAll, beforeAll, expect, test } from "vitest";
import { WebSocket } from "ws";
import { ownClient, reached, textOf } from "./harness/clients";
import { ReverseProxy } from "./harness/reverse-proxy";
import { ServerProcess, temporaryDirectory } from "./harness/server-process";

/** Every configuration of `deploy`, with the address where it has the app. */
const proxies = [
  { title: "nginx, at the root", start: "startNginx", configuration: "nginx/scriptorium.conf", path: "/" },
  {
    title: "nginx, under a path",
    start: "startNginx",
    configuration: "nginx/sub-path.conf",
    path: "/write/",
  },
  {
    title: "nginx, under a path that it takes away",
    start: "startNginx",
    configuration: "nginx/sub-path.conf",
    path: "/write/",
    changes: { "proxy_pass http://scriptorium;": "proxy_pass http://scriptorium/;" },
  },
  { title: "Caddy, at the root", start: "startCaddy", configuration: "caddy/Caddyfile", path: "/" },
  {
    title: "Caddy, under a path that it takes away",
    start: "startCaddy",
    configuration: "caddy/sub-path.Caddyfile",
    path: "/write/",
  },
] as const;

let directory: Awaited<ReturnType<typeof temporaryDirectory>>;
let atRoot: ServerProcess;
let underPath: ServerProcess;

beforeAll(async () => {
  directory = await temporaryDirectory();
  const trust = { SCRIPTORIUM_TRUSTED_PROXIES: "1" };
  [atRoot, underPath] = await Promise.all([
    ServerProcess.start(`${directory.path}/root`, { env: trust }),
    ServerProcess.start(`${directory.path}/path`, {
      env: { ...trust, SCRIPTORIUM_BASE_URL: "https://example.org/write" },
    }),
  ]);
});

afterAll(async () => {
  await Promise.all([atRoot.stop(), underPath.stop()]);
  await directory.remove();
});

test.each(proxies)(
  "$title: pages, the API and writing together",
  async ({ start, configuration, path, ...more }) => {
    const server = path === "/" ? atRoot : underPath;
    const changes = "changes" in more ? more.changes : {};
    const target = new URL(server.origin).host;
    const proxy = await ReverseProxy[start]({ configuration, target, changes });
    const ask = asking(proxy);
    try {
      const page = await ask("GET", `${path}d/anything`);
      expect(page.status).toBe(200);
      const assets = [...page.body.matchAll(/ (?:src|href)="([^"]+)"/g)].map(([, address = ""]) => address);
      expect(assets.length).toBeGreaterThan(5);
      for (const address of assets) {
        const asset = await ask("GET", new URL(address, `${proxy.origin}${path}d/anything`).pathname);
        expect([address, asset.status]).toEqual([address, 200]);
      }
      const unchanged = await ask("GET", path, { "if-none-match": `W/${page.headers.etag}` });
      expect(unchanged.status).toBe(304);

      const origin = { origin: proxy.origin };
      const created = await ask("POST", `${path}api/v1/documents`, origin, { text: "by HTTP" });
      expect(created.status).toBe(201);
      const location = String(created.headers.location);
      expect(location.startsWith(`${path}api/v1/documents/`)).toBe(true);
      expect((await ask("GET", `${location}/text`)).body).toBe("by HTTP");
      const foreign = await ask("POST", `${path}api/v1/documents`, { origin: "https://evil.example" }, {});
      expect(foreign.status).toBe(403);

      const { id }: { id: string } = JSON.parse(created.body);
      const socketUrl = `${proxy.origin.replace("https", "wss")}${path}ws`;
      const options = { WebSocketPolyfill: browserWebSocket(proxy) };
      const [ada, grace] = [ownClient(socketUrl, id, options), ownClient(socketUrl, id, options)];
      await Promise.all([reached(ada, "saved"), reached(grace, "saved")]);
      const arrived = new Promise((resolve) => grace.doc.once("update", resolve));
      ada.doc.getText("content").insert(0, "together, ");
      await arrived;
      expect(textOf(grace.doc)).toBe("together, by HTTP");
      ada.destroy();
      grace.destroy();

      if (path !== "/") {
        const bare = await ask("GET", path.slice(0, -1));
        expect(bare.status).toBeGreaterThanOrEqual(301);
        expect(new URL(String(bare.headers.location), proxy.origin).pathname).toBe(path);
      }
    } finally {
      await proxy.stop();
    }
  },
);

test("nginx with a password lets nobody in without it, neither to pages, the API nor WebSockets", async () => {
  const { port } = new URL(atRoot.origin);
  const files = { pass: join(directory.path, "pass"), users: join(directory.path, "htpasswd") };
  const hash = await promisify(execFile)("openssl", ["passwd", "-apr1", "correct horse"]);
  await Promise.all([
    writeFile(files.pass, "default 0123456789abcdef;\n"),
    writeFile(files.users, `ada:${hash.stdout}`),
  ]);
  const proxy = await ReverseProxy.startNginx({
    configuration: "nginx/password.conf",
    target: `127.0.0.1:${port}`,
    changes: {
      "include /etc/nginx/scriptorium.pass;": `include ${files.pass};`,
      "auth_basic_user_file /etc/nginx/scriptorium.htpasswd;": `auth_basic_user_file ${files.users};`,
    },
  });
  const ask = asking(proxy);
  const basic = (password: string) => ({
    authorization: `Basic ${Buffer.from(`ada:${password}`).toString("base64")}`,
  });
  try {
    const { origin } = proxy;
    const open = (headers: Record<string, string>) =>
      handshake(proxy, "/ws/01ARZ3NDEKTSV4RRFFQ69G5FAV", headers);
    for (const headers of [
      {},
      basic("wrong"),
      { cookie: "scriptorium=guessed" },
      { cookie: "scriptorium=" },
    ]) {
      for (const path of ["/", "/d/anything", "/api/v1/documents", "/metrics", "/healthz"]) {
        const { status, headers: received } = await ask("GET", path, headers);
        expect([path, status, received["set-cookie"]]).toEqual([path, 401, undefined]);
      }
      expect((await ask("POST", "/api/v1/documents", { ...headers, origin }, {})).status).toBe(401);
      expect(await open({ ...headers, origin })).toBe(401);
    }

    const page = await ask("GET", "/", basic("correct horse"));
    expect(page.status).toBe(200);
    // Browsers ask for it without a password or cookie by themselves.
    expect(page.body).toMatch(/<link rel="manifest"[^>]* crossorigin="use-credentials"/);
    const [cookie = "", ...attributes] = String(page.headers["set-cookie"]).split("; ");
    expect(attributes).toEqual(expect.arrayContaining(["Secure", "HttpOnly", "SameSite=Lax"]));
    expect(await open({ ...basic("correct horse"), origin })).toBe(101);

    // From here on the cookie is enough, and the header is free for the operator's token.
    const created = await ask("POST", "/api/v1/documents", { cookie, origin }, { text: "by HTTP" });
    expect([created.status, created.headers["set-cookie"]]).toEqual([201, undefined]);
    const foreign = await ask("POST", "/api/v1/documents", { cookie, origin: "https://evil.example" }, {});
    expect(foreign.status).toBe(403);
    const status = await ask("GET", "/api/v1/status", { cookie, authorization: "Bearer whatever" });
    expect(status.status).toBe(200);

    const { id }: { id: string } = JSON.parse(created.body);
    const options = { WebSocketPolyfill: browserWebSocket(proxy, { cookie }) };
    const ada = ownClient(`${origin.replace("https", "wss")}/ws`, id, options);
    await reached(ada, "saved");
    expect(textOf(ada.doc)).toBe("by HTTP");
    ada.destroy();
  } finally {
    await proxy.stop();
  }
});

test("a server under a path answers whoever asks it directly, too", async () => {
  for (const path of ["/readyz", "/write/readyz", "/", "/write/", "/write/ids?id=1"]) {
    expect([path, (await fetch(`${underPath.origin}${path}`)).status]).toEqual([path, 200]);
  }
  expect((await fetch(`${underPath.origin}/writers`)).status).toBe(404);
  const bare = await fetch(`${underPath.origin}/write?q=word`, { redirect: "manual" });
  expect([bare.status, bare.headers.get("location")]).toEqual([308, "/write/?q=word"]);
});

function asking({ origin, certificate }: ReverseProxy) {
  return (method: string, path: string, headers: Record<string, string> = {}, body?: object) =>
    new Promise<{ status: number; headers: Record<string, string | string[] | undefined>; body: string }>(
      (resolve, reject) => {
        const asked = request(`${origin}${path}`, {
          method,
          ca: certificate,
          headers: { ...headers, ...(body && { "content-type": "application/json" }) },
        });
        asked.once("error", reject);
        asked.once("response", (answer) => {
          textOfStream(answer).then(
            (received) =>
              resolve({ status: answer.statusCode ?? 0, headers: answer.headers, body: received }),
            reject,
          );
        });
        asked.end(body && JSON.stringify(body));
      },
    );
}

/** The status with which a WebSocket is answered: 101 if it is opened. */
function handshake(
  { origin, certificate }: ReverseProxy,
  path: string,
  headers: Record<string, string>,
): Promise<number> {
  return new Promise((resolve, reject) => {
    const socket = new WebSocket(`${origin.replace("https", "wss")}${path}`, { ca: certificate, headers });
    socket.once("error", reject);
    socket.once("unexpected-response", (request, { statusCode = 0 }) => {
      resolve(statusCode);
      request.destroy();
    });
    socket.once("open", () => {
      resolve(101);
      socket.terminate();
    });
  });
}

/** As a browser's page behind the proxy opens one: it names its origin. */
function browserWebSocket(
  { origin, certificate }: ReverseProxy,
  headers: Record<string, string> = {},
): typeof globalThis.WebSocket {
  class PageWebSocket extends WebSocket {
    constructor(url: string, protocols?: string[]) {
      super(url, protocols, { ca: certificate, origin, headers });
    }
  }
  // ws implements what is used of the browser's class; only the declared types differ.
  return PageWebSocket as unknown as typeof globalThis.WebSocket;
}
