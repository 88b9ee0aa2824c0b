/** A piece of text that is replaced. */
export interface Splice {
  readonly at: number;
  readonly deleted: number;
  readonly inserted: string;
}

/** The changeset, as Etherpad writes it, that makes a splice in a text. @param attribute number in the pad's pool */
export function writeChangeset(text: string, { at, deleted, inserted }: Splice, attribute: number): string {
  const change = inserted.length - deleted;
  const operations = [
    ...operation("=", text.slice(0, at), ""),
    ...operation("-", text.slice(at, at + deleted), ""),
    ...operation("+", inserted, `*${attribute.toString(36)}`),
  ];
  const sign = change < 0 ? "<" : ">";
  const size = Math.abs(change).toString(36);
  return `Z:${text.length.toString(36)}${sign}${size}${operations.join("")}$${inserted}`;
}

/** Whole lines are an operation of their own, which counts them. */
function operation(sign: string, text: string, attributes: string): string[] {
  const lines = text.slice(0, text.lastIndexOf("\n") + 1);
  const rest = text.slice(lines.length);
  const count = lines.split("\n").length - 1;
  return [
    ...(lines === "" ? [] : [`${attributes}|${count.toString(36)}${sign}${lines.length.toString(36)}`]),
    ...(rest === "" ? [] : [`${attributes}${sign}${rest.length.toString(36)}`]),
  ];
}

export interface WrittenRevision extends Splice {
  readonly author: string;
  readonly timeMs: number;
}

/** An export of one pad in which these revisions were made, each of the text that those before had left. */
export function writePad(
  name: string,
  revisions: readonly WrittenRevision[],
  names: Readonly<Record<string, string>> = {},
): { readonly json: Record<string, unknown>; readonly texts: readonly string[] } {
  const authors = [...new Set(revisions.map(({ author }) => author))];
  const texts: string[] = [];
  let text = "\n";
  const records = revisions.map((revision, number) => {
    const changeset = writeChangeset(text, revision, authors.indexOf(revision.author));
    const { at, deleted, inserted, author, timeMs } = revision;
    text = text.slice(0, at) + inserted + text.slice(at + deleted);
    texts.push(text);
    return [`pad:${name}:revs:${number}`, { changeset, meta: { author, timestamp: timeMs } }] as const;
  });
  const pool = Object.fromEntries(authors.map((author, index) => [index, ["author", author]]));
  const json = {
    [`pad:${name}`]: {
      atext: { text, attribs: `|1+${text.length.toString(36)}` },
      pool: { numToAttrib: pool, nextNum: authors.length },
      ...{ head: revisions.length - 1, chatHead: -1, publicStatus: false, savedRevisions: [] },
    },
    ...Object.fromEntries(records),
    ...Object.fromEntries(
      authors.map((author) => [
        `globalAuthor:${author}`,
        { colorId: 1, name: names[author] ?? null, timestamp: 0, padIDs: name },
      ]),
    ),
  };
  return { json, texts };
}
