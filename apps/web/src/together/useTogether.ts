import type { EditorView } from "@codemirror/view";
import { useEffect, useRef, useState } from "react";
import type { DocumentSession } from "../collaboration/document-session";
import type { Person } from "../collaboration/person";
import type { Preferences } from "../preferences/preferences";
import { atRest } from "../ui/at-rest";
import { useDeviceStore } from "../ui/useDeviceStore";
import type { Company } from "./company";

type Code = typeof import("./together");

export interface Together extends Pick<Code, "CompanyLine" | "CompanyOverlay" | "PersonRow"> {
  readonly company: Company;
}

/**
 * What there is for writing with others beside their carets, as soon as it is loaded: apart from the editor, which does
 * not wait for it.
 */
export function useTogether(
  view: EditorView | undefined,
  session: DocumentSession,
  self: Person,
  preferences: Preferences,
): Together | undefined {
  const store = useDeviceStore();
  const [together, setTogether] = useState<Together>();
  const latest = useRef(preferences);
  useEffect(() => {
    latest.current = preferences;
  });
  // A new name is the same person.
  const latestSelf = useRef(self);
  useEffect(() => {
    latestSelf.current = self;
  });
  useEffect(() => {
    if (view === undefined) return;
    let company: Company | undefined;
    const leaving = new AbortController();
    import("./together").then(
      ({ Company, CompanyLine, CompanyOverlay, PersonRow, handOver }) => {
        if (leaving.signal.aborted) return;
        company = new Company({
          view,
          session,
          self: latestSelf.current,
          announcesEdits: () => latest.current.announceEdits === "on",
        });
        setTogether({ company, CompanyLine, CompanyOverlay, PersonRow });
        // What other documents have only here. A draft that the server cannot take now is taken later.
        atRest(() => void handOver(store, leaving.signal, session.documentId).catch(() => undefined));
      },
      () => undefined,
    );
    return () => {
      leaving.abort();
      company?.destroy();
      setTogether(undefined);
    };
  }, [view, session, store]);
  return together;
}
