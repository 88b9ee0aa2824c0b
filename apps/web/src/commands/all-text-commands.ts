import { markdownCommands } from "../markdown/edit/markdown-commands";
import type { TextCommand } from "./command";
import { textCommands } from "./text-commands";

/** Every command of a text: those of any, and what Markdown has beyond. Loaded with what lists them. */
export function allTextCommands(isMarkdown: boolean): readonly TextCommand[] {
  return isMarkdown ? [...textCommands, ...markdownCommands] : textCommands;
}
