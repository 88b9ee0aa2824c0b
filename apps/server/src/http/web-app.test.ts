import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import fastify, { type FastifyInstance } from "fastify";
import { expect, onTestFinished, test } from "vitest";
import { temporaryDirectory } from "../testing/temporary-directory";
import { webApp } from "./web-app";

/** A server of a web app with a few files. */
async function serve(): Promise<FastifyInstance> {
  const directory = join(await temporaryDirectory(), "web");
  await mkdir(join(directory, "assets", "languages"), { recursive: true });
  await writeFile(join(directory, "..", "secret.txt"), "outside");
  for (const [name, text] of [
    ["index.html", "<base href='./'>page"],
    ["theme.js", "theme"],
    ["assets/first-abc.js", "first"],
    ["assets/languages/a b-abc.js", "grammar"],
  ] as const) {
    await writeFile(join(directory, name), text);
  }
  const app = fastify();
  onTestFinished(() => app.close());
  await webApp(app, directory, "/");
  return app;
}

test.each([
  ["/theme.js", "theme", "no-cache"],
  ["/assets/first-abc.js", "first", "public, max-age=31536000, immutable"],
  ["/assets/languages/a%20b-abc.js?x", "grammar", "public, max-age=31536000, immutable"],
])("%s is served, to be kept as long as its name says", async (url, body, cacheControl) => {
  const app = await serve();
  const reply = await app.inject(url);
  expect(reply).toMatchObject({ statusCode: 200, body });
  expect(reply.headers).toMatchObject({ "cache-control": cacheControl, "x-content-type-options": "nosniff" });
  expect(await app.inject({ method: "HEAD", url })).toMatchObject({ statusCode: 200, body: "" });
});

test.each([
  "/none.js",
  "/assets",
  "/assets/",
  "/assets/languages",
  "/assets/none-abc.js",
  "/assets/../../secret.txt",
  "/assets/..%2f..%2fsecret.txt",
  "/assets/%2e%2e/%2e%2e/secret.txt",
  "/..%2fsecret.txt",
])("there is nothing at %s", async (url) => {
  const app = await serve();
  const reply = await app.inject(url);
  expect(reply.statusCode).toBe(404);
  expect(reply.json()).toMatchObject({ code: "NOTHING_HERE" });
});
