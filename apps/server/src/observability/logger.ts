import { type Logger, pino } from "pino";
import type { Config } from "../config/config";

export type { Logger };

/** One line of JSON per event on standard output. No document text, titles or names ever go in. */
export function createLogger(level: Config["logLevel"]): Logger {
  return pino({ level, base: null, timestamp: pino.stdTimeFunctions.isoTime });
}
