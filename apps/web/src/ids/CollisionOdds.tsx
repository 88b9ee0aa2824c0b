import { useId, useState } from "react";
import { strings } from "../ui/strings";
import { Bar } from "./Bar";
import { collisionOddsLog10 } from "./collision-odds";
import { RangeField } from "./RangeField";
import { type SchemeFacts, schemeFacts } from "./schemes";
import { words } from "./words";

const compared = ["ulid", "snowflake", "uuid-v7", "uuid-v4", "nanoid"];
/** What one node mints at most. */
const snowflakesPerSecond = 4_096_000;
/** Odds of 1 in 10 to this power have no bar. */
const powerMax = 40;

/** How likely it is that two IDs are the same, at a rate and over a time of one's choice. */
export function CollisionOdds() {
  const heading = useId();
  const [ratePower, setRatePower] = useState(3);
  const [years, setYears] = useState(10);
  const { odds } = words.compare;
  const idsPerSecond = 10 ** ratePower;
  const rate = odds.perSecond(
    new Intl.NumberFormat(strings.locale, { notation: "compact", compactDisplay: "long" }).format(
      idsPerSecond,
    ),
  );
  return (
    <section aria-labelledby={heading} className="flex flex-col gap-3">
      <h3 id={heading} className="font-semibold">
        {odds.heading}
      </h3>
      <p className="text-ink-soft text-sm text-pretty">{odds.text}</p>
      <div className="flex flex-col gap-2 sm:flex-row sm:gap-8">
        <RangeField
          label={odds.rate}
          value={ratePower}
          min={0}
          max={9}
          shown={rate}
          onChange={setRatePower}
        />
        <RangeField
          label={odds.years}
          value={years}
          min={1}
          max={100}
          shown={odds.inYears(years)}
          onChange={setYears}
        />
      </div>
      <ul aria-label={odds.list} className="flex flex-col gap-1.5 text-sm">
        {schemeFacts
          .filter(({ scheme }) => compared.includes(scheme))
          .map((facts) => {
            const { text, share } = judge(facts, { idsPerSecond, years });
            return (
              <Bar key={facts.scheme} name={words.schemes[facts.scheme].name} value={text} share={share} />
            );
          })}
      </ul>
    </section>
  );
}

function judge(
  { randomness }: SchemeFacts,
  workload: { readonly idsPerSecond: number; readonly years: number },
): { readonly text: string; readonly share: number } {
  const { odds } = words.compare;
  if (randomness === undefined) {
    return { text: workload.idsPerSecond > snowflakesPerSecond ? odds.tooFast : odds.never, share: 0 };
  }
  const power = collisionOddsLog10(randomness, workload);
  return { text: describe(power), share: Math.max(0, 1 + power / powerMax) };
}

function describe(power: number): string {
  const { odds } = words.compare;
  if (power > Math.log10(0.995)) return odds.certain;
  if (power > -2) {
    const percent = new Intl.NumberFormat(strings.locale, { maximumSignificantDigits: 2 });
    return odds.percent(percent.format(100 * 10 ** power));
  }
  return odds.oneIn(superscript(Math.round(-power)));
}

const superscript = (value: number) =>
  [...String(value)].map((digit) => "⁰¹²³⁴⁵⁶⁷⁸⁹".charAt(Number(digit))).join("");
