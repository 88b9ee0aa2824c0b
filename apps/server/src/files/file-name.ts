import { endingOf, endingOfLanguage, languageOfFile } from "./file-languages";

/** File systems take 255; a number and an ending come behind. */
const stemBytesMax = 200;
/** Names that mean devices on Windows, whatever their ending. */
const reserved = /^(?:con|prn|aux|nul|com\d|lpt\d|index)$/i;

/** Gives documents the names of files in one directory, each once, also where case does not count. */
export class FileNames {
  readonly #taken = new Set<string>();

  /** @param language as the editor calls it; null if nobody has chosen one */
  nameOf(title: string, language: string | null): string {
    const cleaned = clean(title);
    const ownEnding = endingOf(cleaned);
    // A title that is a file name stays one.
    const isFileName =
      language === null ? languageOfFile(cleaned) !== undefined : languageOfFile(cleaned) === language;
    const ending = isFileName ? ownEnding : endingOfLanguage(language);
    const stem = shorten(isFileName ? cleaned.slice(0, -ownEnding.length - 1) : cleaned);
    return this.#distinct(reserved.test(stem) ? `${stem}_` : stem, ending);
  }

  /** Says that a name is there already. */
  take(name: string): void {
    this.#taken.add(keyOf(name));
  }

  /** Says that a name is free again. */
  release(name: string): void {
    this.#taken.delete(keyOf(name));
  }

  #distinct(stem: string, ending: string): string {
    for (let number = 1; ; number++) {
      const name = `${number === 1 ? stem : `${stem} (${number})`}.${ending}`;
      const key = keyOf(name);
      if (this.#taken.has(key)) continue;
      this.#taken.add(key);
      return name;
    }
  }
}

/** Names with the same key are one to some file system. */
function keyOf(name: string): string {
  return name.normalize("NFC").toLowerCase();
}

/** Without what file systems refuse, hide or understand as something else. */
function clean(title: string): string {
  const line = title
    .replace(/\p{Cs}/gu, "\ufffd")
    .normalize("NFC")
    .replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, " ")
    .replace(/\p{Cf}/gu, "")
    .replace(/[/\\:*?"<>|]/g, "-");
  return trim(line) || "Untitled";
}

/** At most so many bytes, and no half characters. */
function shorten(stem: string): string {
  let short = "";
  let bytes = 0;
  for (const character of stem) {
    bytes += Buffer.byteLength(character);
    if (bytes > stemBytesMax) break;
    short += character;
  }
  return trim(short) || "Untitled";
}

function trim(text: string): string {
  return text.replace(/^[\s.]+|[\s.]+$/gu, "");
}
