/** A run of bits of an id. */
export interface Field {
  name: string;
  /** The first bit, counted from the most significant, which is 0. */
  from: number;
  /** In bits. */
  length: number;
  value: string;
  /** What the value says, as a plain phrase. */
  meaning: string;
}

/** A field that does not know yet where it lies nor what it holds. */
export interface FieldPlan {
  name: string;
  length: number;
  meaning: string | ((value: bigint) => string);
  /** How to write the value; hexadecimal at full width if left out. */
  write?: (value: bigint) => string;
}

/** Lays the plans side by side over `id`, the first on the most significant bits. Their lengths add up to `bits`. */
export function tileFields(id: bigint, bits: number, plans: readonly FieldPlan[]): Field[] {
  let from = 0;
  return plans.map(({ name, length, meaning, write = hexadecimal(length) }) => {
    const value = BigInt.asUintN(length, id >> BigInt(bits - from - length));
    const field = {
      name,
      from,
      length,
      value: write(value),
      meaning: typeof meaning === "string" ? meaning : meaning(value),
    };
    from += length;
    return field;
  });
}

export const decimal = (value: bigint): string => value.toString();

function hexadecimal(length: number): (value: bigint) => string {
  return (value) => `0x${value.toString(16).padStart(Math.ceil(length / 4), "0")}`;
}
