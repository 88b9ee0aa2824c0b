import { type Profiler as InspectorProfiler, Session } from "node:inspector/promises";
import { setTimeout as pause } from "node:timers/promises";

/** Another profile is being taken: two at once would measure each other. */
export class ProfilerBusyError extends Error {
  override readonly name = "ProfilerBusyError";
}

/** Takes profiles of the main thread, one at a time, as Chrome's DevTools open them. */
export class Profiler {
  #isBusy = false;

  /**
   * What the process does, sampled every millisecond.
   *
   * @param signal ends it early, with what was sampled until then
   * @throws {ProfilerBusyError}
   */
  async cpu(seconds: number, signal: AbortSignal): Promise<InspectorProfiler.Profile> {
    if (this.#isBusy) throw new ProfilerBusyError("another profile is being taken");
    this.#isBusy = true;
    const session = new Session();
    session.connect();
    try {
      await session.post("Profiler.enable");
      await session.post("Profiler.start");
      await pause(1000 * seconds, undefined, { signal }).catch(() => undefined);
      const { profile } = await session.post("Profiler.stop");
      return profile;
    } finally {
      session.disconnect();
      this.#isBusy = false;
    }
  }
}
