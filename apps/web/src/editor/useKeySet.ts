import type { Extension } from "@codemirror/state";
import { useEffect, useState } from "react";
import type { KeySet } from "../preferences/preferences";

const none: Extension = [];

/** The keys of another editor; none until they are loaded. */
export function useKeySet(set: KeySet): Extension {
  const [loaded, setLoaded] = useState<{ readonly set: KeySet; readonly extension: Extension }>();
  useEffect(() => {
    if (set === "standard") return;
    let left = false;
    load(set).then(
      (extension) => {
        if (!left) setLoaded({ set, extension });
      },
      // Without a network and without the file, the standard keys go on.
      () => undefined,
    );
    return () => {
      left = true;
    };
  }, [set]);
  return loaded?.set === set ? loaded.extension : none;
}

async function load(set: Exclude<KeySet, "standard">): Promise<Extension> {
  if (set === "vim") return (await import("./vim-keys")).vimKeys();
  return (await import("./emacs-keys")).emacsKeys();
}
