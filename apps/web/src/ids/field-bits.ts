import { type Explanation, parseSnowflake, parseUlid, ulidToBytes } from "@scriptorium/ids";

/** The bits of an ID as text, most significant first. A NanoID's are those of its characters in the order of its alphabet. */
export function fieldBits({ scheme, canonical, bits }: Explanation): string {
  switch (scheme) {
    case "ulid": {
      const ulid = parseUlid(canonical);
      return ulid === undefined ? "" : [...ulidToBytes(ulid)].map((byte) => binary(BigInt(byte), 8)).join("");
    }
    case "snowflake":
      return binary(parseSnowflake(canonical) ?? 0n, bits);
    case "uuid":
      return binary(BigInt(`0x${canonical.replaceAll("-", "")}`), bits);
    case "nanoid":
      return [...canonical].map((character) => binary(BigInt(nanoidAlphabet.indexOf(character)), 6)).join("");
  }
}

/** NanoID's own table. */
const nanoidAlphabet = "useandom-26T198340PX75pxJACKVERYMINDBUSHWOLF_GQZbfghjklqvwyzrict";

const binary = (value: bigint, length: number) => value.toString(2).padStart(length, "0");
