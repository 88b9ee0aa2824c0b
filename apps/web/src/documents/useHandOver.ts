import { useEffect } from "react";
import { importEditorPage } from "../routes/import-editor-page";
import { useDeviceStore } from "../ui/useDeviceStore";
import type { OnlyHere } from "./only-here";

/** How often the server is asked while something waits for it. */
const everyMs = 5000;

/** Brings to the server what is only on this device, as soon as that can be reached. */
export function useHandOver(waiting: readonly OnlyHere[]): void {
  const store = useDeviceStore();
  const ids = waiting.map(({ id }) => id).join();
  useEffect(() => {
    if (ids === "") return;
    const leaving = new AbortController();
    let timer: ReturnType<typeof setTimeout> | undefined;
    const tryNow = async () => {
      try {
        // It shares most of its code with the editor.
        const { handOver } = await (await importEditorPage()).loadTogether();
        await handOver(store, leaving.signal);
      } catch {
        // It stays here.
        if (!leaving.signal.aborted) timer = setTimeout(tryNow, everyMs);
      }
    };
    void tryNow();
    return () => {
      leaving.abort();
      clearTimeout(timer);
    };
  }, [store, ids]);
}
