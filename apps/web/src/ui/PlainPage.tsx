import type { ReactNode } from "react";
import { ThemeSwitch } from "./ThemeSwitch";
import { usePageTitle } from "./usePageTitle";
import { Wordmark } from "./Wordmark";

interface PlainPageProps {
  readonly heading: string;
  readonly intro: string;
  /** Classes for how wide the page may be, and how far apart its parts are. */
  readonly width: string;
  readonly gap: string;
  /** Below the introduction. */
  readonly contents?: ReactNode;
  readonly children: ReactNode;
}

/** A page to read that leads back to the documents: what it is about, and its parts. */
export function PlainPage({ heading, intro, width, gap, contents, children }: PlainPageProps) {
  usePageTitle(heading);
  return (
    <div className={`mx-auto flex min-h-dvh flex-col px-5 pb-20 sm:px-8 ${width}`}>
      <header className="flex h-16 items-center justify-between">
        <Wordmark />
        <ThemeSwitch />
      </header>
      <main className={`flex flex-col pt-6 sm:pt-10 ${gap}`}>
        <div className="flex flex-col gap-2">
          <h1 className="font-semibold text-2xl leading-9 tracking-tight">{heading}</h1>
          <p className="max-w-[60ch] text-ink-soft text-pretty">{intro}</p>
          {contents}
        </div>
        {children}
      </main>
    </div>
  );
}
