import { existsSync } from "node:fs";
import { readdir, readFile } from "node:fs/promises";
import { join, relative, sep } from "node:path";
import fastifyStatic from "@fastify/static";
import type { FastifyInstance } from "fastify";
import { IndexPage } from "./index-page";
import { Problem, sendProblem } from "./problem";

const contentSecurityPolicy = [
  "default-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data: blob:",
  "connect-src 'self'",
  "object-src 'none'",
  "base-uri 'none'",
  "form-action 'self'",
  "frame-ancestors 'none'",
].join("; ");

/**
 * Of the one page that may show what other servers have: an empty one, which the app puts into a frame without scripts
 * when a reader asks for a remote image. All other pages can ask nobody else, whatever a text in them says.
 */
const remoteImagePolicy = [
  "default-src 'none'",
  "img-src https: http:",
  "style-src 'unsafe-inline'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'self'",
].join("; ");

const indexFile = "index.html";

/**
 * Serves the built web app: hashed assets for a year, and `index.html` for every page of the app.
 *
 * @param basePath where browsers find it. What the pages ask for arrives without it
 */
export async function webApp(app: FastifyInstance, directory: string, basePath: string): Promise<void> {
  app.addHook("onSend", async (request, reply) => {
    reply.header("x-content-type-options", "nosniff");
    reply.header("referrer-policy", "same-origin");
    const [path] = request.url.split("?", 1);
    const showsImages = path === "/remote-image.html";
    reply.header("content-security-policy", showsImages ? remoteImagePolicy : contentSecurityPolicy);
  });
  const built = join(directory, indexFile);
  if (!existsSync(built)) {
    app.setNotFoundHandler((_request, reply) => sendProblem(reply, nothingHere));
    return;
  }
  const index = new IndexPage(await readFile(built, "utf8"), basePath);
  await app.register(fastifyStatic, {
    root: directory,
    index: false,
    serve: false,
    cacheControl: false,
    setHeaders: (reply, path) => {
      const hashed = path.startsWith(join(directory, "assets"));
      reply.header("cache-control", hashed ? "public, max-age=31536000, immutable" : "no-cache");
    },
  });
  await routeFiles(app, directory);
  for (const page of ["/", "/d/:id", "/ids", "/status", `/${indexFile}`]) {
    app.get(page, (request, reply) => index.send(request, reply));
  }
  if (basePath !== "/") {
    const bare = basePath.slice(0, -1);
    app.get(bare, (request, reply) => reply.redirect(request.url.replace(bare, basePath), 308));
  }
  // The app has a page for addresses where there is nothing; scripts and programs get a problem.
  app.setNotFoundHandler((request, reply) => {
    const wantsPage = request.method === "GET" && request.headers.accept?.includes("text/html");
    if (!wantsPage || request.url.startsWith("/api/")) return sendProblem(reply, nothingHere);
    return index.sendWhole(reply.code(404));
  });
}

/** One route for each folder: one for each of its hundreds of files took a third of a start. */
async function routeFiles(app: FastifyInstance, directory: string): Promise<void> {
  for (const entry of await readdir(directory, { withFileTypes: true })) {
    const { name } = entry;
    if (entry.isDirectory()) await routeFolder(app, directory, name);
    else if (name !== indexFile) app.get(`/${name}`, (_request, reply) => reply.sendFile(name));
  }
}

async function routeFolder(app: FastifyInstance, directory: string, folder: string): Promise<void> {
  const entries = await readdir(join(directory, folder), { recursive: true, withFileTypes: true });
  const files = new Set(
    entries
      .filter((entry) => entry.isFile())
      .map(({ parentPath, name }) => relative(directory, join(parentPath, name)).replaceAll(sep, "/")),
  );
  app.get<{ Params: { "*": string } }>(`/${folder}/*`, ({ params }, reply) => {
    const file = `${folder}/${params["*"]}`;
    return files.has(file) ? reply.sendFile(file) : reply.callNotFound();
  });
}

const nothingHere = new Problem("NOTHING_HERE", "There is nothing at this address.");
