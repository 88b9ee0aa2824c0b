import type { PageCommand } from "./command";

type Facts = Omit<PageCommand, "run">;

const facts = [
  { id: "palette", group: "view", keys: ["Mod-k", "Mod-Shift-p"] },
  { id: "shortcuts", group: "view", keys: ["F1"] },
  { id: "settings", group: "view", keys: ["Mod-,"] },
  { id: "theme", group: "view" },
  { id: "interfaceLanguage", group: "view" },
  { id: "explainId", group: "view" },
  { id: "newDocument", group: "document" },
  { id: "documents", group: "document" },
  { id: "rename", group: "document", keys: ["F2"] },
  { id: "tags", group: "document" },
  { id: "ids", group: "document" },
  { id: "insights", group: "document" },
  { id: "language", group: "document" },
  { id: "indent", group: "document" },
  { id: "copyLink", group: "document" },
  { id: "download", group: "document" },
  { id: "print", group: "document", keys: ["Mod-p"] },
  { id: "save", group: "document", keys: ["Mod-s"] },
] as const satisfies readonly Facts[];

/** What the page can do, by the command that asks for it. */
export type PageActions = Readonly<Record<(typeof facts)[number]["id"], () => void>>;

/** Every command of the page. @param act does what the command of this name stands for */
export function pageCommands(act: (id: keyof PageActions) => void): readonly PageCommand[] {
  return facts.map((command) => ({ ...command, run: () => act(command.id) }));
}
