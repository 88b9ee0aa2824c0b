import { type MintableScheme, mintableSchemes, SampleMint } from "@scriptorium/ids";
import { toJsonLine } from "../../operations/json";
import { OperationError } from "../../operations/operation-error";
import { type Command, commonOptions } from "../command";
import { ExitCode } from "../exit-code";

const countMax = 100_000;
const perPrint = 1000;

/** `scriptorium id mint <scheme>`: samples of a scheme, which name nothing. */
export const mintCommand: Command = {
  name: "id mint",
  positionals: ["SCHEME"],
  summary: "mint sample IDs of a scheme",
  description: `Mints IDs of a scheme, one a line. They name nothing. Schemes: ${mintableSchemes.join(", ")}.`,
  examples: [
    ["scriptorium id mint ulid", "one ID"],
    ["scriptorium id mint snowflake --count 10 --json", "ten, for a script"],
  ],
  options: {
    count: { value: "N", help: `how many, up to ${countMax} (default: 1)` },
    json: commonOptions.json,
  },
  async run(args, context) {
    const scheme = parseScheme(args.positional(0));
    const count = args.wholeNumber("count") ?? 1;
    if (count < 1 || count > countMax) throw new OperationError("USAGE", `--count is 1 to ${countMax}`);
    const samples = new SampleMint();
    if (args.flag("json")) {
      const ids = Array.from({ length: count }, () => samples.mint(scheme));
      await context.print(toJsonLine({ scheme, ids }));
      return ExitCode.ok;
    }
    for (let left = count; left > 0; left -= perPrint) {
      const lines = Array.from({ length: Math.min(left, perPrint) }, () => `${samples.mint(scheme)}\n`);
      await context.print(lines.join(""));
    }
    return ExitCode.ok;
  },
};

function parseScheme(text: string): MintableScheme {
  const scheme = mintableSchemes.find((each) => each === text.toLowerCase());
  if (scheme !== undefined) return scheme;
  throw new OperationError("USAGE", `${text} cannot be minted. Schemes: ${mintableSchemes.join(", ")}`);
}
