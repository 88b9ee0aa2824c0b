import { OperationError } from "../../operations/operation-error";
import type { Command } from "../command";
import { ExitCode } from "../exit-code";
import { completionScript, isShell, shells } from "./completion-script";

/** `scriptorium completion SHELL`, for the commands that `listCommands` gives. */
export function completionCommand(listCommands: () => readonly Command[]): Command {
  return {
    name: "completion",
    positionals: ["SHELL"],
    summary: `have ${shells.join(", ")} complete commands and options`,
    description:
      "Prints a script that has the shell complete commands, options and paths when Tab is pressed.",
    examples: [
      ["source <(scriptorium completion bash)", "in this bash; in ~/.bashrc, in every one"],
      ["scriptorium completion zsh > ~/.zfunc/_scriptorium", "in zsh, where ~/.zfunc is in fpath"],
      ["scriptorium completion fish > ~/.config/fish/completions/scriptorium.fish", "in fish"],
    ],
    options: {},
    async run(args, { print }) {
      const shell = args.positional(0);
      if (!isShell(shell))
        throw new OperationError("USAGE", `SHELL is one of ${shells.join(", ")}, not ${shell}`);
      await print(completionScript(shell, listCommands()));
      return ExitCode.ok;
    },
  };
}
