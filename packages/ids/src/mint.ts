import { mintNanoid } from "./nanoid";
import { SnowflakeGenerator } from "./snowflake-generator";
import { type Clock, type RandomSource, systemClock, systemRandom } from "./sources";
import { UlidGenerator } from "./ulid-generator";
import { GregorianUuidGenerator, mintUuidV4, mintUuidV7, mintUuidV8 } from "./uuid-mint";

/**
 * What a mint can strike by itself. UUID v5 needs a name, see `mintUuidV5`; v3 is v5 with MD5, which browsers do
 * not offer, and v2 needs a DCE account: neither is minted.
 */
export const mintableSchemes = [
  "ulid",
  "snowflake",
  "uuid-v1",
  "uuid-v4",
  "uuid-v6",
  "uuid-v7",
  "uuid-v8",
  "nanoid",
] as const;

export type MintableScheme = (typeof mintableSchemes)[number];

/** Mints samples to look at and compare. What the system itself uses comes from the two generators. */
export class SampleMint {
  readonly #now: Clock;
  readonly #random: RandomSource;
  readonly #ulids: UlidGenerator;
  readonly #snowflakes: SnowflakeGenerator;
  readonly #gregorians: GregorianUuidGenerator;

  /** `node` is the Snowflakes', 0–1023; 0 if left out: samples name nothing, so they may meet another's. */
  constructor(options: { now?: Clock; random?: RandomSource; node?: number } = {}) {
    const { now = systemClock, random = systemRandom, node = 0 } = options;
    this.#now = now;
    this.#random = random;
    this.#ulids = new UlidGenerator({ now, random });
    this.#snowflakes = new SnowflakeGenerator({ node, now });
    this.#gregorians = new GregorianUuidGenerator(now, random);
  }

  mint(scheme: MintableScheme): string {
    switch (scheme) {
      case "ulid":
        return this.#ulids.next();
      case "snowflake":
        return this.#snowflakes.next().toString();
      case "uuid-v1":
        return this.#gregorians.v1();
      case "uuid-v4":
        return mintUuidV4(this.#random);
      case "uuid-v6":
        return this.#gregorians.v6();
      case "uuid-v7":
        return mintUuidV7(this.#now, this.#random);
      case "uuid-v8":
        return mintUuidV8(this.#random);
      case "nanoid":
        return mintNanoid(this.#random);
    }
  }
}

let shared: SampleMint | undefined;

/** A sample of the scheme, from one mint that the process shares, so that samples are distinct and in order. */
export function mint(scheme: MintableScheme): string {
  shared ??= new SampleMint();
  return shared.mint(scheme);
}
