import { explain } from "@scriptorium/ids";
import { CliError } from "../cli-error";
import { type Command, commonOptions } from "../command";
import { ExitCode } from "../exit-code";
import { toJsonLine } from "../json";
import { drawExplanation } from "./draw-explanation";

/** `scriptorium id <id>`: what an ID says, by its bits. */
export const idCommand: Command = {
  name: "id",
  positionals: ["ID"],
  summary: "explain a ULID, Snowflake, UUID or NanoID",
  description: "Explains an ID by its bits: scheme, time, node, sequence. Knows nothing of what exists.",
  options: { json: commonOptions.json },
  async run(args, context) {
    const id = args.positional(0);
    const explanations = explain(id);
    if (explanations.length === 0) {
      throw new CliError("NOT_FOUND", `${id} is not a ULID, a Snowflake, a UUID or a NanoID`);
    }
    await context.print(
      args.flag("json") ? toJsonLine({ id, explanations }) : explanations.map(drawExplanation).join("\n"),
    );
    return ExitCode.ok;
  },
};
