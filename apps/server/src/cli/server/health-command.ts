import { toJsonLine } from "../../operations/json";
import { OperationError } from "../../operations/operation-error";
import { type Command, commonOptions } from "../command";
import { ExitCode } from "../exit-code";
import { localAddress } from "./local-address";

/** A server that takes longer is not well. */
const patienceMs = 3000;

interface Health {
  readonly ready: boolean;
  /** Why not. */
  readonly reason?: string;
}

/** `scriptorium health` */
export const healthCommand: Command = {
  name: "health",
  positionals: [],
  summary: "ask the server on this machine whether it is ready",
  description:
    "Asks the server, as /readyz does: can people read and write? Exit code 0 if so, 1 if not, or if nothing\n" +
    "answers within three seconds. By itself it asks where PORT and SCRIPTORIUM_HOST say that the server is.",
  examples: [
    ["scriptorium health", "the server of this machine, as a container's health check"],
    ["scriptorium health --url https://write.example.org", "another one, through its proxy"],
  ],
  options: {
    url: { value: "URL", help: "ask there instead: https://write.example.org" },
    json: commonOptions.json,
  },
  async run(args, context) {
    const url = args.text("url") ?? localAddress(context.env);
    if (!URL.canParse(url)) throw new OperationError("USAGE", `--url takes an address, not ${url}`);
    const health = await ask(url, context.signal);
    const text = health.ready ? "ready" : `not ready: ${health.reason}`;
    await context.print(args.flag("json") ? toJsonLine({ url, ...health }) : `${url} is ${text}\n`);
    return health.ready ? ExitCode.ok : ExitCode.damaged;
  },
};

async function ask(url: string, signal: AbortSignal): Promise<Health> {
  try {
    const answer = await fetch(`${url.replace(/\/$/, "")}/readyz`, {
      signal: AbortSignal.any([signal, AbortSignal.timeout(patienceMs)]),
    });
    if (answer.ok) return { ready: true };
    return { ready: false, reason: reasonIn(await answer.text()) ?? `status ${answer.status}` };
  } catch (error) {
    signal.throwIfAborted();
    return { ready: false, reason: describe(error) };
  }
}

/** What the server says; undefined of somebody else's answer. */
function reasonIn(body: string): string | undefined {
  try {
    const { reason }: { reason?: unknown } = JSON.parse(body);
    return typeof reason === "string" ? reason : undefined;
  } catch {
    return undefined;
  }
}

function describe(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if (error.name === "TimeoutError") return `no answer in ${patienceMs / 1000} seconds`;
  // "fetch failed" has what is the matter behind it.
  return error.cause instanceof Error && error.cause.message !== "" ? error.cause.message : error.message;
}
