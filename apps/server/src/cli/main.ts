#!/usr/bin/env node
import { readConfig } from "../config/config";
import { OperationError } from "../operations/operation-error";
import { createProgress, noProgress, type Progress } from "../operations/progress";
import { readVersion } from "../version";
import type { Context } from "./command";
import { commands } from "./commands";
import { ExitCode } from "./exit-code";
import { runCli } from "./run";
import { confirm } from "./terminal/confirm";
import { createPrinter } from "./terminal/printer";

/** The process of `scriptorium <command>`: arguments in, an exit code out. */
async function main(args: readonly string[]): Promise<void> {
  const quiet = args.includes("--json");
  const bars: Progress[] = [];
  const complain = (text: string) => {
    for (const bar of bars) bar.end();
    process.stderr.write(text);
  };
  const stopping = new AbortController();
  for (const signal of ["SIGINT", "SIGTERM"] as const) {
    process.once(signal, () => stopping.abort(new OperationError("INTERRUPTED", "interrupted")));
  }
  const context: Context = {
    // The other variables are the server's: a mistake in them must not keep an operator from the data.
    dataDirectory: (override) =>
      readConfig({ SCRIPTORIUM_DATA_DIR: override ?? process.env.SCRIPTORIUM_DATA_DIR }).dataDirectory,
    env: process.env,
    version: readVersion(new URL("../package.json", import.meta.url)),
    signal: stopping.signal,
    print: createPrinter(process.stdout, () => process.exit(ExitCode.readerGone)),
    note: (text) => {
      if (!quiet) complain(text);
    },
    progress: (label) => {
      if (quiet) return noProgress;
      const bar = createProgress(process.stderr, label, () => performance.now());
      bars.push(bar);
      return bar;
    },
    confirm: async (question) => (quiet ? undefined : confirm(process.stdin, process.stderr, question)),
  };
  process.exitCode = await runCli(args, commands, context, complain);
  // Where a server cannot start, what it had begun would keep this process.
  if (args[0] === "serve") process.exit();
}

await main(process.argv.slice(2));
