import type { LanguageDescription } from "@codemirror/language";
import type { Extension } from "@codemirror/state";
import { useEffect, useState } from "react";
import { afterPaint } from "../ui/after-paint";
import { markdown } from "./prose";

const nothing: Extension = [];

/**
 * The grammar of `language`, and what belongs to it. It may have to be loaded: until then, and where that fails, the
 * text is shown without colours; Markdown with `interim`.
 *
 * @param begun whether the text is on the page
 */
export function useLanguageSupport(
  language: LanguageDescription | undefined,
  interim: Extension,
  begun: boolean,
): Extension {
  const [loaded, setLoaded] = useState<LanguageDescription>();
  useEffect(() => {
    // With a grammar to begin with, the rest can wait until the text is there.
    if (language === undefined || (language === markdown && !begun)) return;
    let left = false;
    const onLoad = () => {
      if (!left) setLoaded(language);
    };
    // Where it cannot be had, offline for instance, choosing it again or the next visit tries again.
    const load = () => void language.load().then(onLoad, () => undefined);
    const callOff = language === markdown ? afterPaint(load) : load();
    return () => {
      left = true;
      callOff?.();
    };
  }, [language, begun]);
  if (language === undefined) return nothing;
  const support = loaded === language ? language.support : undefined;
  // Another visit may have loaded it.
  return support ?? language.support ?? (language === markdown ? interim : nothing);
}
