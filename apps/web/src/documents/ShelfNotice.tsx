interface ShelfNoticeProps {
  readonly title: string;
  readonly text: string;
}

/** Why there is nothing to list, and what can be done about it. */
export function ShelfNotice({ title, text }: ShelfNoticeProps) {
  return (
    <section className="border-line border-t pt-14 text-center">
      <h2 className="font-semibold text-xl tracking-tight break-words text-balance">{title}</h2>
      <p className="mx-auto mt-2 max-w-[46ch] text-ink-soft text-pretty">{text}</p>
    </section>
  );
}
