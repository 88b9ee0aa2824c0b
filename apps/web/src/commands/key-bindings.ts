import type { KeyBinding } from "@codemirror/view";
import type { PageCommand, TextCommand } from "./command";

/** In CodeMirror's terms: the scope of keys that work wherever the focus is. */
export const pageScope = "page";

/** The keys of the commands of the text. */
export function textKeymap(commands: readonly TextCommand[]): readonly KeyBinding[] {
  return commands.flatMap(({ keys, macKeys, run, yields, anywhere }) =>
    bindings(keys, macKeys).map((binding) => ({
      ...binding,
      run,
      preventDefault: !yields,
      ...(anywhere && { scope: `editor search-panel ${pageScope}` }),
    })),
  );
}

/** The keys of the commands of the page. They come after all others: a key that means something in the text stays so. */
export function pageKeymap(commands: readonly PageCommand[]): readonly KeyBinding[] {
  return commands.flatMap(({ keys, macKeys, run }) =>
    bindings(keys, macKeys).map((binding) => ({
      ...binding,
      run: () => {
        run();
        return true;
      },
      preventDefault: true,
      scope: pageScope,
    })),
  );
}

function bindings(keys: readonly string[] = [], macKeys = keys): readonly KeyBinding[] {
  return [...keys.map((key) => ({ win: key, linux: key })), ...macKeys.map((mac) => ({ mac }))];
}
