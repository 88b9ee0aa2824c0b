import type { LanguageDescription } from "@codemirror/language";
import type { Extension } from "@codemirror/state";
import { useEffect, useMemo, useState } from "react";
import type { DocumentSession } from "../collaboration/document-session";
import { guessFromContent, headLength } from "./guess-language";
import { markdown } from "./prose";
import type { LanguageFacts } from "./resolve-language";

const importResolve = () => import("./resolve-language");
const importInterim = () => import("./plain-markdown");
// Asked for with the page rather than one after the other: most texts are prose. Whoever needs them says what if they
// cannot be had.
for (const load of [importResolve, importInterim]) load().catch(() => undefined);

type Resolve = (facts: LanguageFacts) => LanguageDescription;

interface DocumentFacts extends Omit<LanguageFacts, "guess" | "title"> {
  readonly title: string | undefined;
  /** Whether the text is there to be looked at. */
  readonly ready: boolean;
}

interface DocumentLanguage {
  /**
   * Undefined for the moment until the list of languages is there: a text that began as prose and became code before
   * one's eyes would jump.
   */
  readonly language: LanguageDescription | undefined;
  /** What Markdown is shown with until its grammar is there. */
  readonly interim: Extension;
  /** Where to tell what the text seems to be in now. Stable. */
  readonly onGuess: (guess: string | undefined) => void;
}

/** The language that the document is in. */
export function useDocumentLanguage(
  { text }: DocumentSession,
  { chosen, initial, title = "", ready }: DocumentFacts,
): DocumentLanguage {
  const resolve = useResolve();
  const opening = useMemo(
    () => (ready ? guessFromContent(text.toString().slice(0, headLength)) : undefined),
    [ready, text],
  );
  const [later, setLater] = useState<{ readonly guess: string | undefined }>();
  const [tell] = useState(() => (guess: string | undefined) => setLater({ guess }));
  const guess = later === undefined ? opening : later.guess;
  const language = resolve?.({ chosen, initial, title, guess });
  const interim = useInterim(language);
  return { language: interim && language, interim: interim ?? [], onGuess: tell };
}

/** For a document that opens as Markdown. Undefined until it is there. */
function useInterim(language: LanguageDescription | undefined): Extension | undefined {
  const [interim, setInterim] = useState<Extension>();
  useEffect(() => {
    if (language === undefined || interim !== undefined) return;
    if (language !== markdown) return setInterim([]);
    importInterim().then(
      ({ plainMarkdown }) => setInterim(plainMarkdown),
      () => setInterim([]),
    );
  }, [language, interim]);
  return interim;
}

function useResolve(): Resolve | undefined {
  const [resolve, setResolve] = useState<Resolve>();
  useEffect(() => {
    importResolve().then(
      ({ resolveLanguage }) => setResolve(() => resolveLanguage),
      // Better a text without its colours than none.
      () => setResolve(() => () => markdown),
    );
  }, []);
  return resolve;
}
