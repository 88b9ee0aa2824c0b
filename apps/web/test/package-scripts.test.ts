import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createContext, runInContext } from "node:vm";
import { build, type Rolldown } from "vite";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { packageScriptName, packageScripts } from "../package-scripts";

let directory: string;

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), "package-scripts-"));
});

afterAll(() => rm(directory, { recursive: true }));

/** Builds `modules`, by name. The entry is `main.js`; `package.js` and `own.js` have chunks of their own. */
async function built(modules: Readonly<Record<string, string>>): Promise<readonly Rolldown.OutputChunk[]> {
  for (const [name, code] of Object.entries(modules)) await writeFile(join(directory, name), code);
  const result = await build({
    root: directory,
    configFile: false,
    logLevel: "silent",
    plugins: [packageScripts],
    build: {
      write: false,
      rolldownOptions: {
        input: join(directory, "main.js"),
        output: {
          chunkFileNames: ({ name }) => (name === "package" ? packageScriptName : "assets/[name].js"),
          codeSplitting: {
            groups: [
              { name: "own", test: /\/own\.js$/, priority: 1 },
              { name: "package", test: /\/package\.js$/ },
            ],
          },
        },
      },
    },
  });
  const { output } = result as Rolldown.RolldownOutput;
  return output.filter((file) => file.type === "chunk");
}

function chunkNamed(chunks: readonly Rolldown.OutputChunk[], name: string): Rolldown.OutputChunk {
  const chunk = chunks.find((one) => one.name === name);
  if (chunk === undefined) throw new Error(`There is no chunk "${name}"`);
  return chunk;
}

describe("packages as scripts", () => {
  it("run without modules, and modules find there what the package exports", async () => {
    const chunks = await built({
      "package.js": "export class Text { length = 3 }\nexport const size = (text) => text.length;",
      "main.js": 'import { Text, size } from "./package.js";\nglobalThis.seen = size(new Text());',
    });
    const main = chunkNamed(chunks, "main").code;
    expect(main).not.toMatch(/\bimport\b/);
    const page = createContext({});
    runInContext(chunkNamed(chunks, "package").code, page);
    runInContext(main, page);
    expect(page.seen).toBe(3);
  });

  it("leave nothing else behind in the page", async () => {
    const chunks = await built({
      "package.js": "export var shared = 1;\nexport function helper() { return shared; }",
      "main.js": 'import { helper } from "./package.js";\nglobalThis.seen = helper();',
    });
    const script = chunkNamed(chunks, "package");
    const page = createContext({});
    runInContext(script.code, page);
    expect(Object.keys(page)).toEqual([`scriptorium/${script.fileName.split("/").at(-1)}`]);
  });

  it("are named among the files that an import made later waits for", async () => {
    const chunks = await built({
      "package.js": "export const size = (text) => text.length;",
      "later.js": 'import { size } from "./package.js";\nexport const three = size("abc");',
      "main.js": 'globalThis.load = () => import("./later.js");',
    });
    expect(chunkNamed(chunks, "main").code).toContain(
      chunkNamed(chunks, "package").fileName.split("/").at(-1),
    );
  });

  it("cannot need a module that is none", async () => {
    const needing = built({
      "package.js": 'import { unit } from "./own.js";\nexport const size = (text) => text.length * unit();',
      "own.js": "export const unit = () => globalThis.unit;",
      "main.js":
        'import { size } from "./package.js";\nimport { unit } from "./own.js";\nglobalThis.seen = [size("abc"), unit()];',
    });
    await expect(needing).rejects.toThrow("which scripts cannot");
  });
});
