import { readFile, rename, writeFile } from "node:fs/promises";
import { promisify } from "node:util";
import { gunzip, gzip } from "node:zlib";
import { z } from "zod";
import type { Logger } from "../logger";
import { Activity } from "./activity";

const saveEveryMs = 60_000;

const part = z.object({
  number: z.int(),
  counted: z
    .array(z.object({ key: z.string().max(64), count: z.number().min(0), over: z.number().min(0) }))
    .max(1024),
});
const parts = z.array(part).max(64);
const keptSchema = z.object({
  version: z.literal(1),
  editors: z.object({
    salt: z.base64(),
    day: z.iso.date(),
    ofDay: z.base64(),
    ofMonth: z.base64(),
  }),
  documents: z.object({ "5m": parts, "1h": parts, "1d": parts }),
});

/**
 * Keeps what is known of activity across restarts, in one small file. It can be deleted: counting begins anew then, as it
 * does where the file cannot be read. What it lacks after a crash is the last minute.
 */
export class ActivityFile {
  readonly activity: Activity;
  readonly #file: string;
  readonly #logger: Logger;
  readonly #timer: NodeJS.Timeout;
  #saving: Promise<void> = Promise.resolve();

  private constructor(file: string, activity: Activity, logger: Logger) {
    this.#file = file;
    this.#logger = logger;
    this.activity = activity;
    this.#timer = setInterval(() => this.#save(), saveEveryMs);
    this.#timer.unref();
  }

  static async open(file: string, logger: Logger): Promise<ActivityFile> {
    return new ActivityFile(file, await readActivity(file, logger), logger);
  }

  async close(): Promise<void> {
    clearInterval(this.#timer);
    this.#save();
    await this.#saving;
  }

  #save(): void {
    const kept = this.activity.takeChanged();
    if (kept === undefined) return;
    this.#saving = this.#saving
      .then(async () => {
        const bytes = await promisify(gzip)(JSON.stringify({ version: 1, ...kept }));
        await writeFile(`${this.#file}.tmp`, bytes);
        await rename(`${this.#file}.tmp`, this.#file);
      })
      // A full disk, for instance, of which others tell.
      .catch((error: unknown) => this.#logger.warn({ err: error }, "what is known of activity was not kept"));
  }
}

async function readActivity(file: string, logger: Logger): Promise<Activity> {
  try {
    const text = (await promisify(gunzip)(await readFile(file))).toString();
    return new Activity(keptSchema.parse(JSON.parse(text)));
  } catch (error) {
    const isMissing = error instanceof Error && "code" in error && error.code === "ENOENT";
    if (!isMissing) logger.warn({ file }, "what was known of activity cannot be read: counting begins anew");
    return new Activity();
  }
}
