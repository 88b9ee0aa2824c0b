import { StateEffect } from "@codemirror/state";
import type { Command, EditorView } from "@codemirror/view";

type Tools = typeof import("./search-tools");
type CommandName = {
  [Name in keyof Tools]: Tools[Name] extends Command ? Name : never;
}[keyof Tools];

const equipped = new WeakMap<EditorView, Tools>();

/** Has `view` search. What it takes is loaded when the text is on the screen, which can do without it for a moment. */
export async function equipWithSearch(view: EditorView): Promise<Tools> {
  const tools = await import("./search-tools");
  if (!equipped.has(view)) {
    equipped.set(view, tools);
    view.dispatch({ effects: StateEffect.appendConfig.of(tools.searching) });
  }
  return tools;
}

/** A command that waits until the view can search, if it must. */
export function searchCommand(name: CommandName): Command {
  return (view) => {
    const tools = equipped.get(view);
    if (tools !== undefined) return tools[name](view);
    equipWithSearch(view).then(
      (loaded) => loaded[name](view),
      () => undefined,
    );
    return true;
  };
}
