import { useEffect, useRef } from "react";
import { strings } from "../ui/strings";

/** Keeps the page where it is when a file is dropped beside the text, and says where it belongs. */
export function useStrayFiles(tell: (words: string) => void): void {
  const latest = useRef(tell);
  useEffect(() => {
    latest.current = tell;
  });
  useEffect(() => {
    const onDrag = (event: DragEvent) => {
      // The text takes its own.
      if (event.defaultPrevented || !event.dataTransfer?.types.includes("Files")) return;
      event.preventDefault();
      if (event.type === "drop") latest.current(strings.editor.dropOnText);
    };
    window.addEventListener("dragover", onDrag);
    window.addEventListener("drop", onDrag);
    return () => {
      window.removeEventListener("dragover", onDrag);
      window.removeEventListener("drop", onDrag);
    };
  }, []);
}
