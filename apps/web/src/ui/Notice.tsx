import type { ReactNode } from "react";
import { usePageTitle } from "./usePageTitle";
import { Wordmark } from "./Wordmark";

interface NoticeProps {
  readonly title: string;
  readonly text: string;
  readonly children?: ReactNode;
}

/** A page that says one thing, and offers what can be done about it. */
export function Notice({ title, text, children }: NoticeProps) {
  usePageTitle(title);
  return (
    <div className="mx-auto flex min-h-dvh max-w-3xl flex-col px-5 sm:px-8">
      <header className="flex h-16 items-center">
        <Wordmark />
      </header>
      <main className="flex grow flex-col items-start justify-center gap-3 pb-[20vh]">
        <h1 className="font-semibold text-2xl tracking-tight text-balance">{title}</h1>
        <p className="max-w-[52ch] text-ink-soft text-pretty">{text}</p>
        <div className="mt-3 flex flex-wrap gap-3">{children}</div>
      </main>
    </div>
  );
}
