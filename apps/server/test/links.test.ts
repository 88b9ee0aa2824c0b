import { existsSync } from "node:fs";
import { readdir, readFile, stat } from "node:fs/promises";
import { dirname, join, relative } from "node:path";
import { expect, test } from "vitest";
import { repository } from "./harness/repository";

const folders = [".", "docs", "docs/adr", "bench", "packages/log", "packages/provider"];

async function pages(): Promise<string[]> {
  const names = await Promise.all(
    folders.map(async (folder) =>
      (await readdir(join(repository, folder)))
        .filter((name) => name.endsWith(".md"))
        .map((name) => join(repository, folder, name)),
    ),
  );
  return names.flat();
}

/** Markdown without what is code: brackets are none of links there. */
async function proseOf(page: string): Promise<string> {
  return (await readFile(page, "utf8")).replace(/^```.*?^```/gms, "").replace(/`[^`\n]*`/g, "code");
}

/** The anchors of a page's headings, as GitHub makes them. */
async function anchorsOf(page: string): Promise<Set<string>> {
  const source = (await readFile(page, "utf8")).replace(/^```.*?^```/gms, "");
  const headings = [...source.matchAll(/^#+ (.+)$/gm)].map(([, heading = ""]) => heading);
  return new Set(
    headings.map((heading) =>
      heading
        .toLowerCase()
        .replace(/[^\p{L}\p{N}\s_-]/gu, "")
        .replaceAll(" ", "-"),
    ),
  );
}

test("every link of the documentation to a page, a file or a heading leads there", async () => {
  const all = await pages();
  const broken: string[] = [];
  let count = 0;
  for (const page of all) {
    for (const [, target = ""] of (await proseOf(page)).matchAll(/\]\(([^)\s]+)\)/g)) {
      if (/^[a-z]+:/.test(target)) continue;
      count += 1;
      const [path = "", anchor] = target.split("#");
      const file = path === "" ? page : join(dirname(page), path);
      const leads =
        existsSync(file) &&
        (anchor === undefined || ((await stat(file)).isFile() && (await anchorsOf(file)).has(anchor)));
      if (!leads) broken.push(`${relative(repository, page)}: ${target}`);
    }
  }
  expect(broken).toEqual([]);
  expect(count).toBeGreaterThan(150);
});

test("the list of the documentation has every page of it", async () => {
  const list = await readFile(join(repository, "docs/README.md"), "utf8");
  const names = (await readdir(join(repository, "docs"))).filter((name) => name.endsWith(".md"));
  expect(names.filter((name) => name !== "README.md" && !list.includes(`(${name})`))).toEqual([]);
});
