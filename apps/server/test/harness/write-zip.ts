import { crc32, deflateRawSync } from "node:zlib";

export interface ZippedFile {
  readonly name: string;
  readonly content: string | Uint8Array;
  /** What the archive says, if it is to lie. */
  readonly flags?: number;
  readonly checksum?: number;
}

/** A zip archive of these files, deflated. */
export function writeZip(files: readonly ZippedFile[]): Buffer {
  const bodies: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const { name, content, flags = 1 << 11, checksum } of files) {
    const bytes = Buffer.from(content);
    const packed = deflateRawSync(bytes);
    const nameBytes = Buffer.from(name);
    const facts = Buffer.alloc(26);
    facts.writeUInt16LE(20, 0);
    facts.writeUInt16LE(flags, 2);
    facts.writeUInt16LE(8, 4);
    // Midnight, 15 March 2025.
    facts.writeUInt16LE(((2025 - 1980) << 9) | (3 << 5) | 15, 8);
    facts.writeUInt32LE(checksum ?? crc32(bytes), 10);
    facts.writeUInt32LE(packed.length, 14);
    facts.writeUInt32LE(bytes.length, 18);
    facts.writeUInt16LE(nameBytes.length, 22);
    const body = Buffer.concat([signature("PK\x03\x04"), facts, nameBytes, packed]);
    const place = Buffer.alloc(14);
    place.writeUInt32LE(offset, 10);
    directory.push(Buffer.concat([signature("PK\x01\x02"), Buffer.from([20, 0]), facts, place, nameBytes]));
    bodies.push(body);
    offset += body.length;
  }
  const entries = Buffer.concat(directory);
  const end = Buffer.alloc(18);
  end.writeUInt16LE(files.length, 4);
  end.writeUInt16LE(files.length, 6);
  end.writeUInt32LE(entries.length, 8);
  end.writeUInt32LE(offset, 12);
  return Buffer.concat([...bodies, entries, signature("PK\x05\x06"), end]);
}

function signature(letters: string): Buffer {
  return Buffer.from(letters, "latin1");
}
