import { useEffect, useRef } from "react";
import { hasPrintSheet, layPrintSheet } from "../ui/print-sheet";

interface Printed {
  readonly getText: () => string;
  /** Whether it is to be printed as its preview shows it. */
  readonly asPreview: boolean;
  /** Told when the text was printed in its place, because what sets the preview is not to be had. */
  readonly onFallback: () => void;
}

/**
 * Has the browser print the whole text and nothing else of the page.
 *
 * @returns what prints it as it is shown. The browser's own menu leaves no time for setting it, and prints it as text.
 */
export function usePrinting(printed: Printed): () => Promise<void> {
  const latest = useRef(printed);
  useEffect(() => {
    latest.current = printed;
  });
  useEffect(() => {
    const onBeforePrint = (event: Event) => {
      // Would draw all of its lines, which are not printed.
      event.stopImmediatePropagation();
      if (!hasPrintSheet()) layPrintSheet(textSheet(latest.current.getText()));
    };
    // Before the editor, which listens in the same place.
    window.addEventListener("beforeprint", onBeforePrint, { capture: true });
    return () => window.removeEventListener("beforeprint", onBeforePrint, { capture: true });
  }, []);
  return async () => {
    const { asPreview, getText, onFallback } = latest.current;
    if (!asPreview) {
      window.print();
      return;
    }
    try {
      const { printDocument } = await import("../markdown/export/print");
      await printDocument(getText());
    } catch {
      // Without a connection what sets it may be missing: the words are there all the same.
      window.print();
      onFallback();
    }
  };
}

function textSheet(text: string): HTMLElement {
  const sheet = document.createElement("pre");
  sheet.className = "print-text";
  sheet.dir = "auto";
  sheet.textContent = text;
  return sheet;
}
