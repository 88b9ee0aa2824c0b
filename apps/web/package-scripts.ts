import { basename, dirname, join } from "node:path/posix";
import { fileURLToPath } from "node:url";
import type { Plugin, Rolldown } from "vite";

type Statement = ReturnType<Rolldown.PluginContext["parse"]>["body"][number];
type Name = Extract<Statement, { readonly type: "ExportNamedDeclaration" }>["specifiers"][number]["local"];

/** A chunk's module, in statements. */
interface Module {
  readonly file: string;
  readonly code: string;
  readonly body: readonly Statement[];
}

const folder = "assets/packages/";

/** How the files of chunks are called that are to become scripts; `src/load-files.ts` knows them by their folder. */
export const packageScriptName = `${folder}[name]-[hash].js`;

/** Stands before whatever is imported later, in the place of Vite's own. */
const loader = fileURLToPath(new URL("src/load-files.ts", import.meta.url));

/**
 * Makes classic scripts of the chunks in `assets/packages`: of these, browsers that get them from a service worker keep
 * the compiled code, and of modules they do not (ADR 13). A script leaves what it exports in a global, and whatever
 * imports from it takes it from there: it must have run by then. Where a module is imported later, `src/load-files.ts`
 * sees to that; what the first modules need is for the page to load.
 */
export const packageScripts: Plugin = {
  name: "package-scripts",
  apply: "build",
  enforce: "pre",
  load: {
    filter: { id: /^\0vite\/preload-helper\.js$/ },
    handler: () => `export { loadWithFiles as __vitePreload } from ${JSON.stringify(loader)};`,
  },
  generateBundle: {
    // Behind all others that write into chunks.
    order: "post",
    handler(_options, bundle) {
      for (const chunk of Object.values(bundle)) {
        if (chunk.type !== "chunk") continue;
        const { fileName: file, code, dynamicImports } = chunk;
        if (dynamicImports.some(isScript)) throw new Error(`${file} imports a script as if it were a module`);
        const module: Module = { file, code, body: this.parse(code).body };
        chunk.code = isScript(file) ? asScript(module) : takingFromScripts(module);
      }
    },
  },
};

function isScript(file: string): boolean {
  return file.startsWith(folder);
}

/** The code of a module, with constants in the place of what it imports from scripts. */
function takingFromScripts({ file, code, body }: Module): string {
  let taken = "";
  let end = 0;
  for (const statement of body) {
    if (!("source" in statement) || statement.source == null) continue;
    const source = join(dirname(file), statement.source.value);
    if (!isScript(source)) continue;
    taken += code.slice(end, statement.start) + constants(statement, globalOf(source));
    end = statement.end;
  }
  return taken + code.slice(end);
}

function constants(statement: Statement, source: string): string {
  if (statement.type === "ImportDeclaration") {
    const names = statement.specifiers.map((specifier) => {
      if (specifier.type !== "ImportSpecifier")
        throw new Error("What a script exports is imported as a whole");
      return `${nameOf(specifier.imported)}:${specifier.local.name}`;
    });
    return `const{${names}}=${source};`;
  }
  if (statement.type !== "ExportNamedDeclaration")
    throw new Error("All that a script exports is exported again");
  const names = statement.specifiers.map(({ local }, index) => `${nameOf(local)}:exported${index}`);
  const exports = statement.specifiers.map(
    ({ exported }, index) => `exported${index} as ${nameOf(exported)}`,
  );
  return `const{${names}}=${source};export{${exports}};`;
}

/** The code of a module that imports from scripts alone, as a script. */
function asScript(module: Module): string {
  const code = takingFromScripts(module);
  const exports = module.body.at(-1);
  if (exports?.type !== "ExportNamedDeclaration" || exports.declaration !== null) {
    throw new Error(`${module.file} does not end with a list of what it exports`);
  }
  if (/^import\b/m.test(code)) throw new Error(`${module.file} imports a module, which scripts cannot`);
  const names = exports.specifiers.map(({ local, exported }) => `${nameOf(exported)}:${nameOf(local)}`);
  const inside = code.slice(0, code.length - (module.code.length - exports.start));
  return `${globalOf(module.file)}=(()=>{"use strict";${inside}return{${names}}})();`;
}

function nameOf(name: Name): string {
  return name.type === "Literal" ? JSON.stringify(name.value) : name.name;
}

function globalOf(file: string): string {
  return `globalThis[${JSON.stringify(`scriptorium/${basename(file)}`)}]`;
}
