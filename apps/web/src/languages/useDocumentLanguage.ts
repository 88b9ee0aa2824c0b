import type { LanguageDescription } from "@codemirror/language";
import { useEffect, useMemo, useState } from "react";
import type { DocumentSession } from "../collaboration/document-session";
import { guessFromContent, headLength } from "./guess-language";
import { markdown } from "./prose";
import type { LanguageFacts } from "./resolve-language";

type Resolve = (facts: LanguageFacts) => LanguageDescription;

interface DocumentFacts extends Omit<LanguageFacts, "guess" | "title"> {
  readonly title: string | undefined;
  /** Whether the text is there to be looked at. */
  readonly ready: boolean;
}

/**
 * The document's language, and where to tell what its text seems to be in now. Undefined for the moment until the list
 * of languages is there: a text that began as prose and became code before one's eyes would jump.
 */
export function useDocumentLanguage(
  { text }: DocumentSession,
  { chosen, initial, title = "", ready }: DocumentFacts,
): readonly [LanguageDescription | undefined, (guess: string | undefined) => void] {
  const resolve = useResolve();
  const opening = useMemo(
    () => (ready ? guessFromContent(text.toString().slice(0, headLength)) : undefined),
    [ready, text],
  );
  const [later, setLater] = useState<{ readonly guess: string | undefined }>();
  const [tell] = useState(() => (guess: string | undefined) => setLater({ guess }));
  const guess = later === undefined ? opening : later.guess;
  return [resolve?.({ chosen, initial, title, guess }), tell];
}

function useResolve(): Resolve | undefined {
  const [resolve, setResolve] = useState<Resolve>();
  useEffect(() => {
    import("./resolve-language").then(
      ({ resolveLanguage }) => setResolve(() => resolveLanguage),
      // Better a text without its colours than none.
      () => setResolve(() => () => markdown),
    );
  }, []);
  return resolve;
}
