import { diagnose, explain, type MintableScheme, mint } from "@scriptorium/ids";
import { type RefObject, useId, useMemo } from "react";
import { FaultNotice } from "./FaultNotice";
import { IdReading } from "./IdReading";
import { words } from "./words";

const samples: readonly MintableScheme[] = ["ulid", "snowflake", "uuid-v7", "uuid-v4", "nanoid"];

interface ExplainSectionProps {
  readonly text: string;
  readonly onChange: (text: string) => void;
  readonly input: RefObject<HTMLInputElement | null>;
}

/** Reads any ID while it is typed. */
export function ExplainSection({ text, onChange, input }: ExplainSectionProps) {
  const id = useId();
  const [readings, fault] = useMemo(() => {
    const found = explain(text);
    return [found, found.length === 0 ? diagnose(text) : undefined];
  }, [text]);
  return (
    <section id="explain" aria-label={words.sections.explain} className="flex flex-col gap-5">
      <div className="flex flex-col gap-1.5">
        <label htmlFor={id} className="text-ink-soft text-sm">
          {words.explain.field}
        </label>
        <input
          id={id}
          ref={input}
          dir="ltr"
          value={text}
          maxLength={500}
          placeholder={words.explain.placeholder}
          autoComplete="off"
          autoCapitalize="off"
          spellCheck={false}
          onChange={(event) => onChange(event.target.value)}
          className="h-11 w-full rounded-control border border-line-strong bg-raised px-3 font-mono text-base placeholder:font-sans placeholder:text-ink-faint"
        />
      </div>
      <div role="status" className="contents">
        {fault?.code === "EMPTY" && <p className="text-ink-soft text-sm">{words.faults.EMPTY}</p>}
        {fault !== undefined && fault.code !== "EMPTY" && (
          <FaultNotice fault={fault} text={text} onChoose={onChange} />
        )}
      </div>
      {fault !== undefined && (
        <p className="flex flex-wrap items-center gap-x-3 gap-y-1 text-sm">
          <span className="text-ink-soft">{words.explain.tryOne}</span>
          {samples.map((scheme) => (
            <button
              key={scheme}
              type="button"
              onClick={() => onChange(mint(scheme))}
              className="min-h-6 rounded-control underline underline-offset-2 pointer-coarse:min-h-11"
            >
              {words.schemes[scheme].name}
            </button>
          ))}
        </p>
      )}
      {readings.map((reading) => (
        <IdReading key={reading.scheme} explanation={reading} />
      ))}
    </section>
  );
}
