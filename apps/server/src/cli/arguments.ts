import { parseArgs } from "node:util";
import { OperationError } from "../operations/operation-error";

/** An option as the help shows it: one with a `value` takes one, the others are switches. */
export interface OptionSpec {
  readonly value?: string;
  readonly help: string;
}

export type OptionSpecs = Readonly<Record<string, OptionSpec>>;

/** A command's arguments, as they were given. */
export class Arguments {
  readonly #positionals: readonly string[];
  readonly #values: Readonly<Record<string, unknown>>;

  private constructor(positionals: readonly string[], values: Readonly<Record<string, unknown>>) {
    this.#positionals = positionals;
    this.#values = values;
  }

  /**
   * @param names of the positional arguments; one in brackets need not be there
   * @throws {OperationError} USAGE
   */
  static parse(args: readonly string[], names: readonly string[], specs: OptionSpecs): Arguments {
    const options = Object.fromEntries(
      Object.entries(specs).map(([name, { value }]) => [
        name,
        { type: value === undefined ? ("boolean" as const) : ("string" as const) },
      ]),
    );
    const { positionals, values } = parse([...args], options);
    // An unset variable of a shell script must not stand for the default.
    if ([...positionals, ...Object.values(values)].includes("")) {
      throw new OperationError("USAGE", "an argument is empty");
    }
    const missing = names[positionals.length];
    if (missing !== undefined && !missing.startsWith("[")) {
      throw new OperationError("USAGE", `${missing} is missing`);
    }
    const extra = positionals[names.length];
    if (extra !== undefined) throw new OperationError("USAGE", `there is one argument too many: ${extra}`);
    return new Arguments(positionals, values);
  }

  /** The positional argument at `index`, which must be one of those that were asked for. */
  positional(index: number): string {
    const value = this.#positionals[index];
    if (value === undefined) throw new Error(`the command has no argument ${index}`);
    return value;
  }

  /** The positional argument at `index`, one that need not be there. */
  optional(index: number): string | undefined {
    return this.#positionals[index];
  }

  flag(name: string): boolean {
    return this.#values[name] === true;
  }

  text(name: string): string | undefined {
    const value = this.#values[name];
    return typeof value === "string" ? value : undefined;
  }

  /** @throws {OperationError} USAGE: not a whole number from 0 */
  wholeNumber(name: string): number | undefined {
    const text = this.text(name);
    if (text === undefined) return undefined;
    const number = Number(text);
    if (/^\d+$/.test(text) && Number.isSafeInteger(number)) return number;
    throw new OperationError("USAGE", `--${name} takes a whole number, not ${text}`);
  }
}

function parse(args: string[], options: Record<string, { type: "boolean" | "string" }>) {
  try {
    return parseArgs({ args, options, allowPositionals: true });
  } catch (cause) {
    // Node explains `--` for arguments that begin with a dash; the first sentence is the message.
    const [sentence = "the arguments cannot be understood"] = String((cause as Error).message).split(". ");
    throw new OperationError("USAGE", sentence.replace(/\.$/, ""), { cause });
  }
}
