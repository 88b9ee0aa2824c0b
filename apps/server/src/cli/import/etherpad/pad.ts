import { z } from "zod";
import { Refusal } from "../../../files/refusal";

/** A change of a pad. */
export interface PadRevision {
  readonly changeset: string;
  /** Etherpad's ID of whoever made it; empty for nobody. */
  readonly author: string;
  /** Milliseconds since 1970; undefined where the export does not say. */
  readonly timeMs: number | undefined;
}

/** A pad as an export of Etherpad has it. */
export interface Pad {
  readonly name: string;
  /** What it says in the end. */
  readonly text: string;
  /** From the first on. */
  readonly revisions: readonly PadRevision[];
  /** By their IDs, those who have given one. */
  readonly names: ReadonlyMap<string, string>;
  readonly chatMessages: number;
}

const head = z.object({ atext: z.object({ text: z.string() }), head: z.int().min(-1) });
const revision = z.object({
  changeset: z.string(),
  meta: z.object({ author: z.string().nullish(), timestamp: z.number().nullish() }).nullish(),
});
const author = z.object({ name: z.string().nullish() });

/**
 * Reads an export of one pad, or of several, as Etherpad writes it with the ending `.etherpad`: an object of what its database
 * holds under keys like `pad:<name>`, `pad:<name>:revs:<n>` and `globalAuthor:<ID>`.
 *
 * @throws {Refusal}
 */
export function readPads(text: string): Pad[] {
  const records = parse(text);
  const names = [...records.keys()].flatMap((key) => /^pad:([^:]+)$/.exec(key)?.[1] ?? []);
  if (names.length === 0) throw new Refusal("is no export of Etherpad: it has no pad");
  const authors = readAuthors(records);
  return names.map((name) => {
    const { atext, head: last } = check(head, records.get(`pad:${name}`), `pad:${name}`);
    // Asked for one by one, so that a number without an end costs no more than the first that is missing.
    const revisions: PadRevision[] = [];
    for (let number = 0; number <= last; number++) {
      revisions.push(readRevision(records, `pad:${name}:revs:${number}`));
    }
    let chatMessages = 0;
    while (records.has(`pad:${name}:chat:${chatMessages}`)) chatMessages += 1;
    return { name, text: atext.text, revisions, names: authors, chatMessages };
  });
}

function readRevision(records: ReadonlyMap<string, unknown>, key: string): PadRevision {
  const { changeset, meta } = check(revision, records.get(key), key);
  return { changeset, author: meta?.author ?? "", timeMs: meta?.timestamp ?? undefined };
}

function readAuthors(records: ReadonlyMap<string, unknown>): Map<string, string> {
  const names = new Map<string, string>();
  for (const [key, value] of records) {
    const id = /^globalAuthor:(.+)$/.exec(key)?.[1];
    const name = id === undefined ? undefined : author.safeParse(value).data?.name;
    if (id !== undefined && typeof name === "string" && name !== "") names.set(id, name);
  }
  return names;
}

function parse(text: string): Map<string, unknown> {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === "object" && value !== null && !Array.isArray(value))
      return new Map(Object.entries(value));
  } catch (cause) {
    throw new Refusal("is no export of Etherpad: it is not JSON", { cause });
  }
  throw new Refusal("is no export of Etherpad");
}

function check<Value>(schema: z.ZodType<Value>, value: unknown, key: string): Value {
  if (value === undefined) throw new Refusal(`is not whole: ${key} is missing`);
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  throw new Refusal(`is damaged: ${key} is not as it should be`);
}
