import { basename } from "node:path/posix";
import { type Ulid, ulidToBytes } from "@scriptorium/ids";
import type { TimedRecord } from "../../archive/record-spool";
import { decodeText } from "../../files/decode-text";
import { documentOfFile, toTags, toTitle } from "../../files/document-of-file";
import type { IndexEntry } from "../../files/files-index";
import { plural } from "../../operations/format";
import { encodeCatalogueRecord } from "../../storage/catalogue-record";
import { CatalogueKind, instanceKey, Stream, TextKind } from "../../storage/stream";
import { encodeText } from "../../updates/encode-text";
import { derivedId } from "./derived-id";
import { type Pad, readPads } from "./etherpad/pad";
import { type PadEdit, replayPad } from "./etherpad/replay-pad";

/** A file that was read. */
export interface ReadFile {
  /** With `/` between its parts. */
  readonly path: string;
  readonly modifiedMs: number;
  readonly bytes: Uint8Array;
}

/** A document that a file becomes. */
export interface FileDocument {
  readonly id: Ulid;
  readonly from: "file" | "etherpad";
  readonly records: readonly TimedRecord[];
  /** What of the file is not in it; undefined if all is. */
  readonly left: string | undefined;
}

const personLengthMax = 64;
const authorNameLengthMax = 100;

/**
 * The document that a text file makes. Its ID follows from path, time and content: the same file is the same document.
 *
 * @param indexed what the export that it is part of says of it
 * @throws {Refusal} it is no text
 */
export function documentOfText({ path, modifiedMs, bytes }: ReadFile, indexed?: IndexEntry): FileDocument {
  const { title, language, tags, text } = documentOfFile(path, decodeText(bytes));
  const createdMs = indexed === undefined ? modifiedMs : Math.min(modifiedMs, Date.parse(indexed.createdAt));
  const id = derivedId(createdMs, "file", path, bytes);
  const common = { key: ulidToBytes(id), author: instanceKey };
  const created =
    indexed === undefined
      ? { title, ...(language !== undefined && { language }), tags: [...tags] }
      : {
          title: toTitle(indexed.title),
          ...(indexed.language !== null && { language: indexed.language }),
          tags: toTags(indexed.tags),
        };
  const records: TimedRecord[] = [
    {
      ...{ ...common, stream: Stream.catalogue, kind: CatalogueKind.created, timeMs: createdMs },
      payload: encodeCatalogueRecord(created),
    },
  ];
  if (text !== "") {
    const payload = encodeText(text);
    records.push({ ...common, stream: Stream.text, kind: TextKind.update, timeMs: modifiedMs, payload });
  }
  return { id, from: "file", records, left: undefined };
}

/**
 * The documents that the pads in an export of Etherpad make: each revision as the edit of whoever made it, at its time.
 *
 * @throws {Refusal} one of the pads cannot be understood
 */
export function documentsOfEtherpad(file: ReadFile): FileDocument[] {
  return readPads(decodeText(file.bytes)).map((pad) => documentOfPad(pad, file));
}

function documentOfPad(pad: Pad, { path, modifiedMs }: ReadFile): FileDocument {
  const edits = replayPad(pad);
  const createdMs = edits.find(({ timeMs }) => timeMs !== undefined)?.timeMs ?? modifiedMs;
  const id = derivedId(createdMs, "etherpad", pad.name, pad.text, String(edits.length));
  const created: TimedRecord = {
    ...{ key: ulidToBytes(id), author: instanceKey, timeMs: createdMs },
    ...{ stream: Stream.catalogue, kind: CatalogueKind.created },
    payload: encodeCatalogueRecord({ title: titleOf(pad, path), tags: [] }),
  };
  const { chatMessages } = pad;
  return {
    id,
    from: "etherpad",
    records: [created, ...recordsOfEdits(id, createdMs, edits, pad.names)],
    left: chatMessages === 0 ? undefined : `its chat, ${plural(chatMessages, "message")}`,
  };
}

function recordsOfEdits(
  id: Ulid,
  createdMs: number,
  edits: readonly PadEdit[],
  names: ReadonlyMap<string, string>,
): TimedRecord[] {
  const key = ulidToBytes(id);
  const records: TimedRecord[] = [];
  const actors = new Map<string, Uint8Array>([["", instanceKey]]);
  let timeMs = createdMs;
  for (const edit of edits) {
    // Clocks of servers go back; the order of revisions does not.
    timeMs = Math.max(timeMs, edit.timeMs ?? timeMs);
    let author = actors.get(edit.author);
    if (author === undefined) {
      // Who an author is, is said before their first edit.
      const actor = derivedId(createdMs, "author", id, edit.author);
      author = ulidToBytes(actor);
      actors.set(edit.author, author);
      const name = toTitle(names.get(edit.author) ?? "")
        .slice(0, authorNameLengthMax)
        .trim();
      const payload = encodeCatalogueRecord({ actor, name, person: edit.author.slice(0, personLengthMax) });
      records.push({ key, author, stream: Stream.catalogue, kind: CatalogueKind.author, timeMs, payload });
    }
    records.push({ key, author, stream: Stream.text, kind: TextKind.update, timeMs, payload: edit.update });
  }
  return records;
}

/** Pads of groups have the group before their name. */
function titleOf({ name }: Pad, path: string): string {
  const title = toTitle(name.replace(/^g\.[^$]*\$/, "").replaceAll("_", " "));
  return title === "" ? toTitle(basename(path)) : title;
}
