import { variableTable } from "../../config/variable-table";
import type { Command } from "../command";
import { ExitCode } from "../exit-code";

/** `scriptorium config table` */
export const configTableCommand: Command = {
  name: "config table",
  positionals: [],
  summary: "print every variable, its default and what it is for, in Markdown",
  description: "Prints the manual of the configuration: a table in Markdown with every environment variable.",
  examples: [["scriptorium config table", "the table in the README"]],
  options: {},
  async run(_args, { print }) {
    await print(variableTable());
    return ExitCode.ok;
  },
};
