import { systemErrorCode } from "./errors";

const attemptsMax = 5;

/** Does `work` again if a file went away under it, as it was sealed or dropped by the log's writer. */
export async function retryWhenGone<T>(work: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await work();
    } catch (error) {
      if (systemErrorCode(error) !== "ENOENT" || attempt === attemptsMax) throw error;
    }
  }
}
