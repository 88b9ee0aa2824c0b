import { formatColumns } from "../operations/format";
import type { OptionSpecs } from "./arguments";
import type { Command } from "./command";

const exitCodes = `Exit codes
  0    done; what was looked at is sound
  1    damage was found, or something that must be mended
  2    could not run: wrong usage, something missing or in the way, no space, no permission
  130  interrupted; what had been begun was taken back
`;

/** The list of all commands. */
export function overallHelp(commands: readonly Command[]): string {
  const list = formatColumns([
    ...commands.map((command) => [`  ${usage(command)}`, command.summary]),
    ["  help [COMMAND]", "what a command does, and its options"],
    ["  --version", "of this Scriptorium"],
  ]);
  return `Serves Scriptorium, and looks after its data.

Usage: scriptorium <command> [options]

${list}
Results go to standard output; progress and problems to standard error.

${exitCodes}`;
}

/** What one command does. */
export function commandHelp(command: Command): string {
  return `${command.description}

Usage: scriptorium ${usage(command)} [options]

${optionList({ ...command.options, help: { help: "this" } })}
Examples
${exampleList(command)}
${exitCodes}`;
}

function usage({ name, positionals }: Command): string {
  return [name, ...positionals].join(" ");
}

function exampleList({ examples }: Command): string {
  return examples.map(([line, purpose]) => `  # ${purpose}\n  ${line}\n`).join("");
}

function optionList(options: OptionSpecs): string {
  const rows = Object.entries(options).map(([name, { value, help }]) => [
    `  --${name}${value === undefined ? "" : ` ${value}`}`,
    help,
  ]);
  return formatColumns(rows);
}
