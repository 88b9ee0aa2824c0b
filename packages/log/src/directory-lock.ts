import { join } from "node:path";
import Database from "better-sqlite3";
import { LogError, systemErrorCode } from "./errors";
import type { DirectoryLock } from "./files";

/**
 * Locks `<directory>/LOCK` for this `Log` alone.
 *
 * Node offers no file locks, and a file with a process ID in it is wrong after a crash, in containers (every
 * owner is process 1) and once IDs are used again. SQLite takes the operating system's lock on an otherwise
 * empty database: it ends with the process, and SQLite itself tells two holders in one process apart.
 * No other code of this process may open that file: closing it would drop the lock (POSIX).
 */
export async function lockDirectory(directory: string): Promise<DirectoryLock> {
  const path = join(directory, "LOCK");
  const database = new Database(path, { timeout: 0 });
  try {
    // Nothing is ever written: no journal file.
    database.pragma("journal_mode = MEMORY");
    database.exec("BEGIN EXCLUSIVE");
  } catch (cause) {
    database.close();
    if (systemErrorCode(cause) !== "SQLITE_BUSY") throw cause;
    throw new LogError("LOCKED", `the log in ${directory} is in use`, {
      cause,
      hint: "One process at a time may write a data directory: stop the other one, or give this one its own directory",
    });
  }
  return {
    release: async () => {
      database.close();
    },
  };
}
