import { type ChildProcessByStdio, spawn } from "node:child_process";
import type { Readable, Writable } from "node:stream";

/** An example of a page: what is typed into a shell, and what the page says it prints. */
export interface Example {
  /** Where it begins on the page, counted from 1. */
  readonly line: number;
  readonly commands: string;
  /** Undefined where the page shows no output. */
  readonly output: { readonly language: string; readonly text: string } | undefined;
  /** Does the page say that it takes a moment? Then it is run again until it prints what is shown. */
  readonly takesAMoment: boolean;
}

const fence = /^(<!-- takes a moment -->\n\n?)?```(\w+)\n(.*?)^```$/gms;

/** Languages of blocks that say what is printed. Other blocks, `bash` among them, are for reading only. */
const outputs: ReadonlySet<string> = new Set(["json", "text", "http"]);

/**
 * The examples of a page in Markdown: each fenced block `sh`, with the block that follows it before the next one as what
 * it prints. `<!-- takes a moment -->` above a block marks one whose output comes about soon.
 */
export function readExamples(page: string): Example[] {
  const examples: Example[] = [];
  for (const { 1: moment, 2: language = "", 3: text = "", index } of page.matchAll(fence)) {
    if (language === "sh") {
      const line = page.slice(0, index + (moment?.length ?? 0)).split("\n").length;
      examples.push({ line, commands: text, output: undefined, takesAMoment: moment !== undefined });
      continue;
    }
    if (!outputs.has(language)) continue;
    const last = examples.pop();
    if (last === undefined || last.output !== undefined) throw new Error(`no commands print: ${text}`);
    examples.push({ ...last, output: { language, text } });
  }
  return examples;
}

/**
 * What is printed, in the words of the page: with `…` wherever the page has it and anything is there. So the two are the
 * same text if the page is right, and their difference says where it is not.
 *
 * - JSON is compared by value: `…` stands for a value, within a string for any characters, and at the end of an object or
 *   array for whatever else is in there.
 * - In other output `…` stands for anything within a line, and on a line of its own for any lines.
 */
export function inWordsOfPage(printed: string, { language, text }: NonNullable<Example["output"]>): string {
  if (language !== "json") return textPattern(text, true).test(printed) ? text : printed;
  const shown: unknown = JSON.parse(withMarks(text));
  try {
    return format(generalise(JSON.parse(printed), shown));
  } catch {
    return printed;
  }
}

/** What the page shows, in the form in which {@link inWordsOfPage} tells what is printed. */
export function asShown({ language, text }: NonNullable<Example["output"]>): string {
  return language === "json" ? format(JSON.parse(withMarks(text))) : text;
}

/** Stands for a bare `…`, which JSON does not know. */
const mark = "\u{E000}";

/** JSON of a page, with a mark for each bare `…`: as a value or element, or as a member of an object. */
function withMarks(text: string): string {
  const bare = /"(?:[^"\\]|\\.)*"|([{,]\s*)…(?=\s*\})|…/g;
  return text.replace(bare, (found, before?: string) => {
    if (found.startsWith('"')) return found;
    return before === undefined ? `"${mark}"` : `${before}"${mark}":"${mark}"`;
  });
}

function format(value: unknown): string {
  return JSON.stringify(value, undefined, 2);
}

/** `value` with marks and ellipses wherever `shown` has them and they fit. */
function generalise(value: unknown, shown: unknown): unknown {
  if (shown === mark) return mark;
  if (typeof shown === "string" && typeof value === "string") {
    return textPattern(shown, false).test(value) ? shown : value;
  }
  if (Array.isArray(shown) && Array.isArray(value)) {
    const isOpen = shown.at(-1) === mark;
    const closed = isOpen ? shown.length - 1 : value.length;
    const elements = value.slice(0, closed).map((element, index) => generalise(element, shown[index]));
    return isOpen && value.length >= closed ? [...elements, mark] : elements;
  }
  if (!isObject(shown) || !isObject(value)) return value;
  // In the order of the page: JSON has none.
  const members = Object.keys(shown)
    .filter((name) => name in value)
    .map((name) => [name, generalise(value[name], shown[name])] as const);
  const others = mark in shown ? [[mark, mark] as const] : Object.entries(value);
  return Object.fromEntries([...members, ...others.filter(([name]) => name === mark || !(name in shown))]);
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** @param byLines whether an ellipsis stays within its line, unless the line is all its own */
function textPattern(text: string, byLines: boolean): RegExp {
  const literal = text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
  const pattern = byLines
    ? literal.replace(/^…\n/gm, "(?:.*\\n)*").replaceAll("…", ".*")
    : literal.replaceAll("…", "[^]*");
  return new RegExp(`^${pattern}$`, byLines ? "" : "u");
}

interface Outcome {
  readonly status: number;
  readonly printed: string;
  readonly complaints: string;
}

/** One bash for all examples of a page, so that variables carry over from one to the next. */
export class Shell {
  readonly #child: ChildProcessByStdio<Writable, Readable, Readable>;
  readonly #ended: Promise<unknown>;
  #complaints = "";
  #printed = "";
  #heard: () => void = () => {};

  constructor(directory: string, variables: Readonly<Record<string, string>>) {
    this.#child = spawn("bash", ["--noprofile", "--norc"], {
      cwd: directory,
      env: { PATH: process.env.PATH, LC_ALL: "C.UTF-8", ...variables },
      stdio: ["pipe", "pipe", "pipe"],
    });
    this.#ended = new Promise((resolve) => this.#child.once("close", resolve));
    this.#child.stdout.setEncoding("utf8").on("data", (text: string) => {
      this.#printed += text;
      this.#heard();
    });
    this.#child.stderr.setEncoding("utf8").on("data", (text: string) => {
      this.#complaints += text;
    });
  }

  /** Resolves when the commands have ended. One call at a time. @throws if the shell itself ends */
  async run(commands: string): Promise<Outcome> {
    this.#printed = "";
    this.#complaints = "";
    // Between two zeros, which no text has, stands how it went.
    this.#child.stdin.write(`${commands}\nprintf '\\0%d\\0' "$?"\n`);
    const end = /\0(\d+)\0$/;
    const ended = this.#ended.then(() => {
      throw new Error(`the shell has ended:\n${this.#complaints}`);
    });
    await Promise.race([
      ended,
      new Promise<void>((resolve) => {
        this.#heard = () => {
          if (end.test(this.#printed)) resolve();
        };
      }),
    ]);
    const status = Number(end.exec(this.#printed)?.[1]);
    return { status, printed: this.#printed.replace(end, ""), complaints: this.#complaints };
  }

  async stop(): Promise<void> {
    this.#child.stdin.end();
    await this.#ended;
  }
}
