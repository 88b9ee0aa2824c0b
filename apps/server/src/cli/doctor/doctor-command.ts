import { existsSync, statSync } from "node:fs";
import { type Config, ConfigError, readConfig } from "../../config/config";
import { plural } from "../../operations/format";
import { toJsonLine } from "../../operations/json";
import { type Command, type Context, commonOptions } from "../command";
import { ExitCode } from "../exit-code";
import { checkClockAgainstLog, checkDataDirectory, checkLock, checkSpace, summarise } from "./data-directory";
import { judgeDisk, measureDisk } from "./disk-speed";
import { checkFileSystem } from "./file-system";
import { type Finding, fail, ok, warn } from "./finding";
import { checkClock, checkMemory, checkNode, checkOpenFiles, readClocks } from "./machine";
import { checkBaseUrl, checkPort, checkProxies, checkWebSocket } from "./reachability";

/** `scriptorium doctor` */
export const doctorCommand: Command = {
  name: "doctor",
  positionals: [],
  summary: "look at machine, disk, configuration and network, and say what is wrong",
  description:
    "Looks at everything that the server needs: configuration, data directory, disk (it writes some megabytes, and\n" +
    "removes them), file system, memory, clock, port, and with SCRIPTORIUM_BASE_URL the way through the proxies. Says of\n" +
    "each what it found and what to do. Run it as the user of the server, with its variables; the server may run. Where\n" +
    "something must be mended, the exit code is 1; warnings leave it 0.",
  examples: [
    ["scriptorium doctor", "before the first start, and whenever something is odd"],
    ["docker compose exec scriptorium scriptorium doctor", "in a container"],
    ["scriptorium doctor --json | jq '.findings[] | select(.state != \"ok\")'", "for a script"],
  ],
  options: { data: commonOptions.data, json: commonOptions.json },
  async run(args, context) {
    const directory = context.dataDirectory(args.text("data"));
    const isShown = !args.flag("json");
    const findings: Finding[] = [];
    for await (const finding of examine(directory, context)) {
      findings.push(finding);
      if (isShown) await context.print(draw(finding));
    }
    const counts = { ok: 0, warn: 0, fail: 0 };
    for (const { state } of findings) counts[state] += 1;
    const json = findings.map(({ todo, ...finding }) => ({ ...finding, todo: todo ?? null }));
    await context.print(
      isShown
        ? `\n${plural(counts.fail, "failure")}, ${plural(counts.warn, "warning")}.\n`
        : toJsonLine({ healthy: counts.fail === 0, findings: json }),
    );
    return counts.fail === 0 ? ExitCode.ok : ExitCode.damaged;
  },
};

async function* examine(directory: string, { env }: Context): AsyncGenerator<Finding, void, undefined> {
  const clocks = readClocks();
  const { finding, config } = readConfiguration(env);
  yield finding;
  yield checkNode();
  yield checkMemory();
  yield await checkDataDirectory(directory);
  const { finding: lock, isServed } = await checkLock(directory);
  yield lock;
  const log = await summarise(directory);
  yield await checkSpace(directory, log);
  if (existsSync(directory)) {
    yield await checkFileSystem(directory);
    yield await checkDisk(directory);
  }
  if (config !== undefined) {
    yield checkOpenFiles(config.limits.connectionsMax);
    if (config.backups !== undefined) yield await checkBackups(config.backups.directory, directory);
    yield await checkPort(config, isServed);
    yield* examineWay(config);
  }
  yield checkClockAgainstLog(log) ?? (await checkClock(clocks));
}

async function* examineWay({ baseUrl, operatorToken }: Config): AsyncGenerator<Finding, void, undefined> {
  if (baseUrl === undefined) {
    yield ok("base URL", "SCRIPTORIUM_BASE_URL is not set: the way through proxies was not looked at");
    return;
  }
  const reached = await checkBaseUrl(baseUrl);
  yield reached;
  if (reached.state !== "ok") return;
  yield await checkWebSocket(baseUrl);
  yield await checkProxies(baseUrl, operatorToken);
}

function readConfiguration(env: Context["env"]): { finding: Finding; config?: Config } {
  const name = "configuration";
  try {
    return { config: readConfig(env), finding: ok(name, "is valid") };
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    return {
      finding: fail(name, "is not valid: the server does not start", "See: scriptorium config check"),
    };
  }
}

async function checkDisk(directory: string): Promise<Finding> {
  try {
    return judgeDisk(await measureDisk(directory));
  } catch (error) {
    const what = `nothing can be written: ${error instanceof Error ? error.message : String(error)}`;
    return fail("disk speed", what, "Make room, and see that the user of the server may write there.");
  }
}

/** A backup on the disk that it is a backup of is lost with it. */
async function checkBackups(backups: string, data: string): Promise<Finding> {
  const name = "backups";
  if (!existsSync(backups)) {
    return ok(name, `${backups} is not there yet: the first backup makes it`);
  }
  const probe = await measureDisk(backups).catch((error: Error) => error);
  if (probe instanceof Error) {
    return fail(
      name,
      `${backups}: ${probe.message}`,
      "Is it mounted, has it room, and may the user of the server write there?",
    );
  }
  const isSame = existsSync(data) && statSync(backups).dev === statSync(data).dev;
  if (!isSame) return ok(name, `go to ${backups}, on another file system`);
  return warn(
    name,
    `${backups} is on the disk of the data, and lost with it`,
    "Set SCRIPTORIUM_BACKUP_DIR to another disk, or copy the backups elsewhere.",
  );
}

const marks = { ok: "ok  ", warn: "WARN", fail: "FAIL" } as const;

function draw({ name, state, what, todo }: Finding): string {
  return `${marks[state]}  ${name}: ${what}\n${todo === undefined ? "" : `      ${todo}\n`}`;
}
