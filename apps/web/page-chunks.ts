import { fileURLToPath } from "node:url";
import type { Rolldown } from "vite";

const moduleAt = (path: string) => fileURLToPath(new URL(path, import.meta.url));
const application = moduleAt("src/main.tsx");
const documentsPage = moduleAt("src/routes/DocumentsRoute.tsx");
const editorPage = moduleAt("src/routes/EditorRoute.tsx");

/** What a text is edited and shared with: most of what the editor begins with, and a chunk of its own. */
export const textPackages =
  /\/node_modules\/(@codemirror\/(commands|language|state|streamparser|view)|@lezer\/(common|highlight)|@marijn|crelt|lib0|style-mod|w3c-keyname|y-[\w.-]+|yjs)\//;

/**
 * Names the chunk of a module of this repository with which the editor begins: "common" if the rest of the application
 * uses it, too, otherwise "editor". By itself the bundler makes a chunk for each set of parts that share a module:
 * thirty files to open a document with, each of which costs milliseconds, also on a second visit. What needs
 * {@link textPackages} is not common: lists of documents do without.
 */
export function pageChunks(): (
  moduleId: string,
  context: Rolldown.ChunkingContext,
) => "common" | "editor" | undefined {
  let known: { readonly editor: ReadonlySet<string>; readonly others: ReadonlySet<string> } | undefined;
  return (moduleId, context) => {
    known ??= {
      editor: reached([editorPage], context, { later: false }),
      others: reached([application, documentsPage], context, { later: true }),
    };
    if (moduleId === editorPage || moduleId.includes("/node_modules/") || !known.editor.has(moduleId))
      return undefined;
    if (!known.others.has(moduleId)) return "editor";
    const needed = reached([moduleId], context, { later: false });
    return [...needed].some((id) => textPackages.test(id)) ? undefined : "common";
  };
}

/** The modules that `from` need, and the packages; with `later`, also those that are loaded later, but for the editor's. */
function reached(
  from: readonly string[],
  context: Rolldown.ChunkingContext,
  { later }: { readonly later: boolean },
): ReadonlySet<string> {
  const found = new Set<string>();
  const open = [...from];
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    if (found.has(id) || (later && id === editorPage)) continue;
    found.add(id);
    // Packages are not looked into: of most, only a part is used.
    if (id.includes("/node_modules/")) continue;
    const module = context.getModuleInfo(id);
    open.push(...(module?.importedIds ?? []), ...((later && module?.dynamicallyImportedIds) || []));
  }
  return found;
}
