import { type MintableScheme, mint, mintableSchemes } from "@scriptorium/ids";
import { CircleHelp } from "lucide-react";
import { useId, useState } from "react";
import { Button } from "../ui/Button";
import { IconButton } from "../ui/IconButton";
import { CopyButton } from "./CopyButton";
import { words } from "./words";

const counts = [1, 5, 20, 100];
const fieldLook =
  "h-9 rounded-control border border-line-strong bg-raised px-2 text-sm pointer-coarse:h-11 pointer-coarse:text-base";

/** Mints samples in this browser. */
export function MintSection({ onExplain }: { readonly onExplain: (id: string) => void }) {
  const [scheme, setScheme] = useState<MintableScheme>("ulid");
  const [count, setCount] = useState(5);
  const [minted, setMinted] = useState<readonly string[]>([]);
  const schemeId = useId();
  const countId = useId();
  const said = { copied: words.copied, refused: words.notCopied };
  return (
    <section id="mint" aria-labelledby="mint-heading" className="flex flex-col gap-4">
      <h2 id="mint-heading" className="font-semibold text-lg">
        {words.sections.mint}
      </h2>
      <div className="flex flex-wrap items-end gap-3">
        <div className="flex flex-col gap-1">
          <label htmlFor={schemeId} className="text-ink-soft text-sm">
            {words.mint.scheme}
          </label>
          <select
            id={schemeId}
            value={scheme}
            className={`${fieldLook} w-44`}
            onChange={(event) => setScheme(mintableSchemes[event.target.selectedIndex] ?? "ulid")}
          >
            {mintableSchemes.map((each) => (
              <option key={each} value={each}>
                {words.schemes[each].name}
              </option>
            ))}
          </select>
        </div>
        <div className="flex flex-col gap-1">
          <label htmlFor={countId} className="text-ink-soft text-sm">
            {words.mint.count}
          </label>
          <select
            id={countId}
            value={count}
            className={`${fieldLook} w-24`}
            onChange={(event) => setCount(counts[event.target.selectedIndex] ?? 1)}
          >
            {counts.map((each) => (
              <option key={each}>{each}</option>
            ))}
          </select>
        </div>
        <Button onClick={() => setMinted(Array.from({ length: count }, () => mint(scheme)))}>
          {words.mint.button}
        </Button>
        {minted.length > 1 && <CopyButton text={minted.join("\n")} label={words.mint.copyAll} said={said} />}
      </div>
      <p className="text-ink-soft text-sm">{words.mint.note}</p>
      {minted.length > 0 && (
        <ul aria-label={words.mint.list} className="border-line border-t">
          {minted.map((id) => (
            <li key={id} className="flex items-center border-line border-b">
              <span className="min-w-0 grow truncate font-mono text-sm">{id}</span>
              <CopyButton text={id} label={words.copy(id)} said={said} />
              <IconButton label={words.explainOne(id)} onClick={() => onExplain(id)}>
                <CircleHelp aria-hidden size={16} strokeWidth={1.75} />
              </IconButton>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
