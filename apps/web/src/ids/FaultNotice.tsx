import type { IdFault } from "@scriptorium/ids";
import { Button } from "../ui/Button";
import { words } from "./words";

interface FaultNoticeProps {
  readonly fault: IdFault;
  readonly text: string;
  readonly onChoose: (id: string) => void;
}

/** Why a text is no ID, where the fault lies, and what may have been meant. */
export function FaultNotice({ fault, text, onChoose }: FaultNoticeProps) {
  const { at, character, suggestion } = fault;
  const id = text.trim();
  const end = (at ?? 0) + (character?.length ?? 0);
  return (
    <div className="flex flex-col items-start gap-3 text-sm">
      <p className="text-pretty">{sentence(fault)}</p>
      {at !== undefined && character !== undefined && (
        <p dir="ltr" className="max-w-full break-all font-mono text-base">
          {id.slice(0, at)}
          <mark
            title={words.explain.faultyCharacter}
            className="bg-warn-paper text-warn underline decoration-2"
          >
            {character}
          </mark>
          {id.slice(end)}
        </p>
      )}
      {suggestion !== undefined && (
        <p className="flex flex-wrap items-center gap-2">
          {words.explain.suggestion}
          <Button className="max-w-full font-mono" onClick={() => onChoose(suggestion)}>
            <span className="truncate">{suggestion}</span>
          </Button>
        </p>
      )}
    </div>
  );
}

function sentence({ code, scheme, character = "", at = 0, length = 0, expectedLength }: IdFault): string {
  const { faults } = words;
  const name = scheme === undefined ? "" : schemeNames[scheme];
  switch (code) {
    case "TOO_LONG":
      return faults.TOO_LONG(length);
    case "WRONG_LENGTH":
      return expectedLength === undefined
        ? faults.unknownLength(length)
        : faults.WRONG_LENGTH(name, length, expectedLength);
    case "BAD_CHARACTER":
      return faults.BAD_CHARACTER(name, character, at + 1);
    default:
      return faults[code];
  }
}

const schemeNames = { ulid: "ULID", snowflake: "Snowflake", uuid: "UUID", nanoid: "NanoID" } as const;
