import type { Command } from "../command";
import { ExitCode } from "../exit-code";

/** `scriptorium serve` */
export const serveCommand: Command = {
  name: "serve",
  positionals: [],
  summary: "serve the documents, until SIGTERM or Ctrl-C",
  description:
    "Serves the documents and the web app, as the environment variables of the README say: PORT (8080),\n" +
    "SCRIPTORIUM_HOST (127.0.0.1), SCRIPTORIUM_DATA_DIR (./data) and so on. What happens is told on standard\n" +
    "output, one line of JSON each. SIGTERM and Ctrl-C end it within seconds; what was saved is on the disk.",
  examples: [
    ["scriptorium serve", "on http://localhost:8080, with the data in ./data"],
    ["PORT=9000 SCRIPTORIUM_DATA_DIR=/srv/scriptorium scriptorium serve", "elsewhere"],
  ],
  options: {},
  async run(_args, context) {
    // Most commands do without the server, and start sooner.
    const { serve } = await import("../../serve");
    await serve(context.env);
    return ExitCode.ok;
  },
};
