import type { Explanation } from "@scriptorium/ids";
import { useMemo, useState } from "react";
import { useNow } from "../documents/useNow";
import { BitGrid } from "./BitGrid";
import { CopyButton } from "./CopyButton";
import { FieldTable } from "./FieldTable";
import { fieldLooks } from "./field-colours";
import { IdText } from "./IdText";
import { schemeKey } from "./schemes";
import { localWords, relativeWords } from "./time-words";
import { WhatItNames } from "./WhatItNames";
import { words } from "./words";

/** All that an ID says. */
export function IdReading({ explanation }: { readonly explanation: Explanation }) {
  const [pointed, point] = useState<number>();
  const looks = useMemo(() => fieldLooks(explanation.fields), [explanation]);
  const { name, about } = words.schemes[schemeKey(explanation)];
  const parts = { explanation, looks, pointed, onPoint: point };
  const { canonical } = explanation;
  return (
    <article aria-label={name} className="flex flex-col gap-5">
      <div>
        <h3 className="text-ink-soft text-sm">{name}</h3>
        <div className="flex items-start gap-1">
          <IdText {...parts} />
          <CopyButton
            text={canonical}
            label={words.copy(canonical)}
            said={{ copied: words.copied, refused: words.notCopied }}
          />
        </div>
      </div>
      <BitGrid {...parts} />
      <FieldTable {...parts} />
      <dl className="grid grid-cols-[max-content_1fr] gap-x-5 gap-y-1.5 text-sm [&>dt]:text-ink-soft">
        <Facts explanation={explanation} />
        <dt>{words.names.heading}</dt>
        <dd>
          <WhatItNames explanation={explanation} />
        </dd>
        <dt>{words.explain.about}</dt>
        <dd className="flex flex-col gap-1 text-pretty">
          {about.map((sentence) => (
            <span key={sentence}>{sentence}</span>
          ))}
        </dd>
      </dl>
    </article>
  );
}

function Facts({ explanation }: { readonly explanation: Explanation }) {
  const nowMs = useNow();
  const labels = words.explain;
  return (
    <>
      {"time" in explanation && (
        <>
          <dt>{labels.local}</dt>
          <dd>{localWords(explanation.time.ms)}</dd>
          <dt>{labels.utc}</dt>
          <dd className="break-all">{explanation.time.iso}</dd>
          <dt>{labels.relative}</dt>
          <dd>{relativeWords(explanation.time.ms, nowMs)}</dd>
        </>
      )}
      {"node" in explanation && (
        <>
          <dt>{labels.node}</dt>
          <dd>
            {explanation.scheme === "snowflake"
              ? labels.nodeParts(explanation.node, explanation.datacentre, explanation.worker)
              : explanation.node}
          </dd>
        </>
      )}
      {"sequence" in explanation && (
        <>
          <dt>{labels.sequence}</dt>
          <dd>{explanation.sequence}</dd>
        </>
      )}
      <dt>{labels.entropy}</dt>
      <dd>{labels.entropyBits(explanation.entropyBits, explanation.bits)}</dd>
      {explanation.scheme === "snowflake" && (
        <>
          <dt>{labels.elsewhere}</dt>
          <dd className="flex flex-col gap-1">
            {explanation.elsewhere.map(({ name, time }) => (
              <span key={name}>{labels.elsewhereTime(name, time.iso)}</span>
            ))}
          </dd>
        </>
      )}
    </>
  );
}
