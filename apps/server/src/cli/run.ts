import { LogError } from "@scriptorium/log";
import { ConfigError } from "../config/config";
import { DataFormatError } from "../data-format/data-format-error";
import { toJsonLine } from "../operations/json";
import { OperationError } from "../operations/operation-error";
import { Arguments } from "./arguments";
import type { Command, Context } from "./command";
import { ExitCode, exitCodeOf } from "./exit-code";
import { commandHelp, overallHelp } from "./help";

/** Writes to standard error, in every mode. */
type Complain = (text: string) => void;

/** Runs the command that `args` name. Never rejects: what goes wrong is said to the operator. */
export async function runCli(
  args: readonly string[],
  commands: readonly Command[],
  context: Context,
  complain: Complain,
): Promise<ExitCode> {
  try {
    return await dispatch(args, commands, context);
  } catch (error) {
    complain(`scriptorium: ${explain(error)}\n`);
    // Scripts that read JSON learn why from there.
    if (args.includes("--json")) await context.print(toJsonLine({ error: describe(error) }));
    return exitCodeOf(error);
  }
}

async function dispatch(
  args: readonly string[],
  commands: readonly Command[],
  context: Context,
): Promise<ExitCode> {
  const [first, ...others] = args;
  if (first === "--version") return show(context, `${context.version}\n`);
  if (first === "--help" || (first === "help" && others.length === 0)) {
    return show(context, overallHelp(commands));
  }
  if (first === undefined) throw new OperationError("USAGE", "which command? See: scriptorium help");
  const wanted = first === "help" ? others : args;
  const command = findCommand(commands, wanted);
  const rest = wanted.slice(command.name.split(" ").length);
  if (first === "help" || rest.includes("--help")) return show(context, commandHelp(command));
  return command.run(parseFor(command, rest), context);
}

async function show(context: Context, text: string): Promise<ExitCode> {
  await context.print(text);
  return ExitCode.ok;
}

function findCommand(commands: readonly Command[], args: readonly string[]): Command {
  const found = commands.find(({ name }) => name.split(" ").every((word, index) => args[index] === word));
  if (found !== undefined) return found;
  const [word = ""] = args;
  const similar = commands.filter(({ name }) => name.startsWith(`${word} `)).map(({ name }) => name);
  if (similar.length > 0) throw new OperationError("USAGE", `which one? ${similar.join(", ")}`);
  throw new OperationError("USAGE", `there is no command "${word}". See: scriptorium help`);
}

function parseFor(command: Command, args: readonly string[]): Arguments {
  try {
    return Arguments.parse(args, command.positionals, command.options);
  } catch (error) {
    if (!(error instanceof OperationError)) throw error;
    throw new OperationError("USAGE", `${error.message}. See: scriptorium help ${command.name}`, {
      cause: error,
    });
  }
}

/** What was foreseen says by itself what to do; anything else is our mistake, and shows where it happened. */
function explain(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const foreseen = [OperationError, LogError, ConfigError, DataFormatError].some(
    (kind) => error instanceof kind,
  );
  return foreseen || "syscall" in error ? error.message : (error.stack ?? error.message);
}

function describe(error: unknown): { code: string; message: string } {
  const message = error instanceof Error ? error.message : String(error);
  if (error instanceof ConfigError) return { code: "USAGE", message };
  if (error instanceof DataFormatError && error.code === "NEWER")
    return { code: "UNSUPPORTED_VERSION", message };
  const code = error instanceof Error && "code" in error ? String(error.code) : "UNEXPECTED";
  return { code, message };
}
