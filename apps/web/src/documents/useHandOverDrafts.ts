import { useEffect } from "react";
import { importEditorPage } from "../routes/import-editor-page";
import { useDeviceStore } from "../ui/useDeviceStore";
import { listDrafts } from "./drafts";

/** How often the server is asked while something waits for it. */
const everyMs = 5000;

/** Brings to the server what was begun on this device, as soon as that can be reached. */
export function useHandOverDrafts(): void {
  const store = useDeviceStore();
  useEffect(() => {
    const leaving = new AbortController();
    let timer: ReturnType<typeof setTimeout> | undefined;
    const tryNow = async () => {
      if (listDrafts(store).length === 0) return;
      try {
        // It shares most of its code with the editor.
        const { handOverDrafts } = await (await importEditorPage()).loadTogether();
        await handOverDrafts(store, leaving.signal);
      } catch {
        // They stay drafts.
        if (!leaving.signal.aborted) timer = setTimeout(tryNow, everyMs);
      }
    };
    void tryNow();
    return () => {
      leaving.abort();
      clearTimeout(timer);
    };
  }, [store]);
}
