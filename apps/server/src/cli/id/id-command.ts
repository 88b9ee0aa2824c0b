import { join } from "node:path";
import { diagnose, explain, parseDocumentId } from "@scriptorium/ids";
import { toJsonLine } from "../../operations/json";
import { OperationError } from "../../operations/operation-error";
import { type Command, commonOptions } from "../command";
import { ExitCode } from "../exit-code";
import { drawExplanation } from "./draw-explanation";
import { findTitle } from "./find-title";

/** `scriptorium id <id>`: what an ID says, by its bits, and which document it names here. */
export const idCommand: Command = {
  name: "id",
  positionals: ["ID"],
  summary: "explain a ULID, Snowflake, UUID or NanoID",
  description:
    "Explains an ID by its bits: scheme, time, node, sequence; and says which document it names, if there is a data directory.",
  examples: [["scriptorium id 01M7YHTAQHCFT2R1MR778KHV42", "what an ID says, and what it names here"]],
  options: { data: commonOptions.data, json: commonOptions.json },
  async run(args, context) {
    const id = args.positional(0);
    const explanations = explain(id);
    if (explanations.length === 0) {
      const { message, suggestion } = diagnose(id);
      const shown = id.length > 60 ? `${id.slice(0, 60)}…` : id;
      const meant = suggestion === undefined || message.includes(suggestion) ? "" : ` Meant: ${suggestion}?`;
      throw new OperationError(
        "NOT_FOUND",
        `${shown} is not a ULID, a Snowflake, a UUID or a NanoID. ${message}${meant}`,
      );
    }
    const documentId = parseDocumentId(id.trim());
    const databaseFile = join(context.dataDirectory(args.text("data")), "projections", "projections.db");
    const title = documentId && findTitle(databaseFile, documentId);
    const names = title === undefined ? null : { type: "document", id: documentId, title };
    const drawings = explanations.map((explanation) => drawExplanation(explanation, Date.now()));
    if (names !== null) drawings.push(`Names a document here: ${names.title || "(untitled)"}\n`);
    await context.print(args.flag("json") ? toJsonLine({ id, names, explanations }) : drawings.join("\n"));
    return ExitCode.ok;
  },
};
