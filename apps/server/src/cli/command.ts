import type { Progress } from "../operations/progress";
import type { Arguments, OptionSpecs } from "./arguments";
import type { ExitCode } from "./exit-code";

/** What a command needs of the world. */
export interface Context {
  /** Where the server would keep its data. @throws {ConfigError} */
  readonly dataDirectory: (override: string | undefined) => string;
  /** The environment variables. */
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Of this product. */
  readonly version: string;
  /** Aborted, with a OperationError as the reason, when the operator wants the command to end. */
  readonly signal: AbortSignal;
  /** Writes results to standard output; resolves when there is room for more. */
  print(text: string | Uint8Array): Promise<void>;
  /** Writes to standard error; nothing with `--json`. */
  note(text: string): void;
  /** Shows how far a long piece of work has come, on standard error; nothing with `--json`. */
  progress(label: string): Progress;
  /** Asks for a yes or no. @returns undefined if there is nobody to ask, as with `--json` */
  confirm(question: string): Promise<boolean | undefined>;
}

export interface Command {
  /** As it is typed: `log verify`. */
  readonly name: string;
  /** Names of the positional arguments, in capitals; one in brackets need not be there. */
  readonly positionals: readonly string[];
  /** One line, for the list of commands. */
  readonly summary: string;
  /** For the command's own help. */
  readonly description: string;
  /** Command lines as one would type them, each with what it is for. */
  readonly examples: readonly (readonly [line: string, purpose: string])[];
  /** Without `--help`, which all have. */
  readonly options: OptionSpecs;
  /** @throws {OperationError} and {LogError}: the command has failed, and has left nothing half done */
  run(args: Arguments, context: Context): Promise<ExitCode>;
}

/** Options that several commands have. */
export const commonOptions = {
  data: { value: "DIR", help: "the data directory (default: SCRIPTORIUM_DATA_DIR, or ./data)" },
  json: { help: "print JSON, and no progress" },
} as const satisfies OptionSpecs;
