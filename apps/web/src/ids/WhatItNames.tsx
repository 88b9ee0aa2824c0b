import type { Explanation } from "@scriptorium/ids";
import { useQuery } from "@tanstack/react-query";
import { Link } from "wouter";
import { explainId, type NamedHere } from "../api/explain-id";
import { strings } from "../ui/strings";
import { useLate } from "../ui/useLate";
import { useSettled } from "../ui/useSettled";
import { words } from "./words";

/** What an ID names on this server, with the way there. Only of the schemes that it mints is it asked. */
export function WhatItNames({ explanation }: { readonly explanation: Explanation }) {
  const { scheme, canonical } = explanation;
  const isOurs = scheme === "ulid" || scheme === "snowflake";
  const settled = useSettled(canonical);
  const { data, error } = useQuery({
    queryKey: ["id", settled],
    queryFn: ({ signal }) => explainId(settled, signal),
    enabled: isOurs && settled === canonical,
  });
  const isCurrent = settled === canonical;
  const late = useLate(isOurs && !(isCurrent && (data ?? error)));
  if (!isOurs) return words.names.nothing;
  if (isCurrent && data !== undefined) return <Named here={data} scheme={scheme} />;
  if (isCurrent && error !== null) return words.names.unknown;
  return <span className="text-ink-faint">{late ? words.names.asking : "\u00a0"}</span>;
}

interface NamedProps {
  readonly here: NamedHere;
  readonly scheme: "ulid" | "snowflake";
}

function Named({ here: { names, server }, scheme }: NamedProps) {
  if (names === null) return scheme === "ulid" ? words.names.noDocument : words.names.noRevision(server.node);
  const { id, title } = names;
  return (
    <>
      {names.type === "document" ? words.names.document : words.names.revision}{" "}
      <Link href={`/d/${id}`} className="font-medium underline underline-offset-2">
        {title === "" ? strings.untitled : title}
      </Link>
    </>
  );
}
