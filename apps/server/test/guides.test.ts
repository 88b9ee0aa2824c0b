import { spawnSync } from "node:child_process";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { asShown, type Example, inWordsOfPage, readExamples, Shell } from "./harness/guide";
import { repository } from "./harness/repository";
import { ServerProcess, temporaryDirectory } from "./harness/server-process";

/** How long an example may take whose output the page says comes about in a moment. */
const momentMs = 20_000;
const token = "token-of-the-operator";

const guides = ["docs/api.md", "docs/security.md"];

/** Runs an example and holds what it prints against the page. */
async function prove(shell: Shell, { commands, output }: Example): Promise<void> {
  const { status, printed, complaints } = await shell.run(commands);
  expect({ status, complaints }).toEqual({ status: 0, complaints: "" });
  // Headers end with a carriage return, and answers without a line end.
  const lines = `${printed.replaceAll("\r", "").replace(/\n$/, "")}\n`;
  if (output !== undefined) expect(inWordsOfPage(lines, output)).toBe(asShown(output));
}

for (const guide of guides) {
  const examples = readExamples(await readFile(join(repository, guide), "utf8"));

  describe(guide, () => {
    let directory: Awaited<ReturnType<typeof temporaryDirectory>>;
    let server: ServerProcess;
    let shell: Shell;

    beforeAll(async () => {
      const { status } = spawnSync("curl", ["--version"]);
      if (status !== 0) throw new Error("The examples need curl 7.82 or newer: apt-get install curl");
      directory = await temporaryDirectory();
      server = await ServerProcess.start(join(directory.path, "data"), {
        env: { SCRIPTORIUM_OPERATOR_TOKEN: token },
      });
      shell = new Shell(directory.path, { SCRIPTORIUM: server.origin, TOKEN: token });
    });

    afterAll(async () => {
      await shell.stop();
      await server.stop();
      await directory.remove();
    });

    // One test for each, in the order of the page: they go on where the last one stopped.
    for (const example of examples) {
      test(`line ${example.line}: ${example.commands.split("\n")[0]}`, async () => {
        const run = () => prove(shell, example);
        if (example.takesAMoment) await vi.waitFor(run, { timeout: momentMs, interval: 100 });
        else await run();
      });
    }
  });
}

test("an answer that is not what the page shows is told from one that is", () => {
  const shown = {
    language: "json",
    text: '{ "id": "01…", "n": …, "tags": ["a", …], "more": { "x": 1, … } }',
  };
  const right = { more: { y: 2, x: 1 }, id: "01AB", n: null, tags: ["a", "b"] };
  const inWords = (value: object) => inWordsOfPage(JSON.stringify(value), shown);
  expect(inWords(right)).toBe(asShown(shown));
  const { n: _, ...lacking } = right;
  const wrong = [
    lacking,
    ...[{ id: "02AB" }, { tags: [] }, { tags: ["b"] }, { more: {} }, { more: { x: 2 } }, { other: 1 }].map(
      (change) => ({ ...right, ...change }),
    ),
  ];
  for (const value of wrong) expect(inWords(value)).not.toBe(asShown(shown));

  const lines = { language: "text", text: "a … c\n…\nend.\n" };
  expect(inWordsOfPage("a b c\n1\n2\nend.\n", lines)).toBe(lines.text);
  for (const printed of ["a b\nc\nend.\n", "a b c\nend!\n", "x a b c\nend.\n", "a b c\nend.\nmore\n"]) {
    expect(inWordsOfPage(printed, lines)).toBe(printed);
  }
});

test("docs/api.md has every route of the API", async () => {
  const page = await readFile(join(repository, "docs/api.md"), "utf8");
  const folder = join(repository, "apps/server/src/http");
  const modules = (await readdir(folder)).filter((name) => /(?<!\.test)\.ts$/.test(name));
  const sources = await Promise.all(modules.map((name) => readFile(join(folder, name), "utf8")));
  const address = /"(\/(?:api\/v1\/|debug\/|metrics|healthz|readyz)[^"]*)"/g;
  const routes = new Set(
    sources.flatMap((source) => [...source.matchAll(address)].map(([, route = ""]) => route)),
  );
  expect(routes.size).toBeGreaterThan(15);
  const missing = [...routes].filter((route) => !page.includes(route.replace(":id", "$id")));
  expect(missing).toEqual([]);
});
