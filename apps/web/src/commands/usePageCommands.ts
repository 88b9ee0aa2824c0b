import { useLayoutEffect, useMemo, useRef } from "react";
import type { PageCommand } from "./command";
import { type PageActions, pageCommands } from "./page-commands";

/** The commands of the page; always the same ones, though what they do may change. */
export function usePageCommands(actions: PageActions): readonly PageCommand[] {
  const latest = useRef(actions);
  useLayoutEffect(() => {
    latest.current = actions;
  });
  return useMemo(() => pageCommands((id) => latest.current[id]()), []);
}
