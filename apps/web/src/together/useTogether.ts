import type { EditorView } from "@codemirror/view";
import { useEffect, useRef, useState } from "react";
import type { DocumentSession } from "../collaboration/document-session";
import type { Person } from "../collaboration/person";
import type { Preferences } from "../preferences/preferences";
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
    let left = false;
    import("./together").then(
      ({ Company, CompanyLine, CompanyOverlay, PersonRow }) => {
        if (left) return;
        company = new Company({
          view,
          session,
          self: latestSelf.current,
          announcesEdits: () => latest.current.announceEdits === "on",
        });
        setTogether({ company, CompanyLine, CompanyOverlay, PersonRow });
      },
      () => undefined,
    );
    return () => {
      left = true;
      company?.destroy();
      setTogether(undefined);
    };
  }, [view, session]);
  return together;
}
