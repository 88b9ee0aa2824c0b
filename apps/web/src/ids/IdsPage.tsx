import { useRef } from "react";
import { ThemeSwitch } from "../ui/ThemeSwitch";
import { usePageTitle } from "../ui/usePageTitle";
import { Wordmark } from "../ui/Wordmark";
import { CompareSection } from "./CompareSection";
import { ExplainSection } from "./ExplainSection";
import { MintSection } from "./MintSection";
import { OursSection } from "./OursSection";
import { useAskedId } from "./useAskedId";
import { words } from "./words";

const sections = ["explain", "mint", "compare", "ours"] as const;

/** Explains IDs, mints samples, and compares the schemes. */
export function IdsPage() {
  usePageTitle(words.heading);
  const [text, setText] = useAskedId();
  const input = useRef<HTMLInputElement>(null);
  const explainHere = (id: string) => {
    setText(id);
    input.current?.focus();
    input.current?.scrollIntoView({ block: "center" });
  };
  return (
    <div className="mx-auto flex min-h-dvh max-w-3xl flex-col px-5 pb-20 sm:px-8">
      <header className="flex h-16 items-center justify-between">
        <Wordmark />
        <ThemeSwitch />
      </header>
      <main className="flex flex-col gap-14 pt-6 sm:pt-10">
        <div className="flex flex-col gap-2">
          <h1 className="font-semibold text-2xl leading-9 tracking-tight">{words.heading}</h1>
          <p className="max-w-[60ch] text-ink-soft text-pretty">{words.intro}</p>
          <nav aria-label={words.jump} className="flex flex-wrap gap-x-5 gap-y-1 pt-1 text-sm">
            {sections.map((section) => (
              <a
                key={section}
                href={`#${section}`}
                className="inline-flex min-h-6 items-center text-ink-soft underline underline-offset-4 hover:text-ink pointer-coarse:min-h-11"
              >
                {words.sections[section]}
              </a>
            ))}
          </nav>
        </div>
        <ExplainSection text={text} onChange={setText} input={input} />
        <MintSection onExplain={explainHere} />
        <CompareSection />
        <OursSection />
      </main>
    </div>
  );
}
