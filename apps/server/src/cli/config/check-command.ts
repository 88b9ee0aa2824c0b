import { checkEnvironment, type Setting } from "../../config/check-environment";
import { describeUnknown, unknownVariables } from "../../config/unknown-variables";
import { formatTable, plural } from "../../operations/format";
import { toJsonLine } from "../../operations/json";
import { type Command, commonOptions } from "../command";
import { ExitCode } from "../exit-code";

/** `scriptorium config check` */
export const configCheckCommand: Command = {
  name: "config check",
  positionals: [],
  summary: "show the configuration as it takes effect, and all that is wrong with it",
  description:
    "Reads the environment variables as the server would, and prints every value with where it comes from. Secrets are\n" +
    "not shown. Lists all mistakes at once: values that cannot be, variables that there are not, settings that\n" +
    "contradict each other. With any, the exit code is 2.",
  examples: [
    ["scriptorium config check", "the configuration of this shell"],
    ["env $(grep -v '^#' .env) scriptorium config check", "that of a file of variables"],
    ["scriptorium config check --json | jq .mistakes", "for a script"],
  ],
  options: { json: commonOptions.json },
  async run(args, { env, print }) {
    const { settings, mistakes } = checkEnvironment(env);
    const unknown = unknownVariables(env);
    const faults = [
      ...mistakes.map(({ variable, value, message }) => `${variable}=${value}: ${message}\n`),
      ...unknown.map((variable) => `${variable.name}: ${describeUnknown(variable)}\n`),
    ];
    const valid = faults.length === 0;
    const report = {
      valid,
      settings: settings.map(toJson),
      mistakes,
      unknown: unknown.map(({ name, meant }) => ({ name, meant: meant ?? null })),
    };
    const verdict = valid
      ? "The configuration is valid.\n"
      : `${plural(faults.length, "mistake")}:\n${faults.join("")}`;
    await print(args.flag("json") ? toJsonLine(report) : `${draw(settings)}\n${verdict}`);
    return valid ? ExitCode.ok : ExitCode.failed;
  },
};

function toJson({ name, value, source }: Setting) {
  return { name, value: value ?? null, source };
}

function draw(settings: readonly Setting[]): string {
  return formatTable(
    ["variable", "value", "source"],
    settings.map(({ name, value, source }) => [name, value ?? "–", source]),
  );
}
