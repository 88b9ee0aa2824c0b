import { useRef } from "react";
import { PlainPage } from "../ui/PlainPage";
import { CompareSection } from "./CompareSection";
import { ExplainSection } from "./ExplainSection";
import { MintSection } from "./MintSection";
import { OursSection } from "./OursSection";
import { useAskedId } from "./useAskedId";
import { words } from "./words";

const sections = ["explain", "mint", "compare", "ours"] as const;

/** Explains IDs, mints samples, and compares the schemes. */
export function IdsPage() {
  const [text, setText] = useAskedId();
  const input = useRef<HTMLInputElement>(null);
  const explainHere = (id: string) => {
    setText(id);
    input.current?.focus();
    input.current?.scrollIntoView({ block: "center" });
  };
  return (
    <PlainPage
      heading={words.heading}
      intro={words.intro}
      width="max-w-3xl"
      gap="gap-14"
      contents={
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
      }
    >
      <ExplainSection text={text} onChange={setText} input={input} />
      <MintSection onExplain={explainHere} />
      <CompareSection />
      <OursSection />
    </PlainPage>
  );
}
