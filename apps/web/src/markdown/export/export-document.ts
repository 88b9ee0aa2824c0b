import { downloadFile } from "../../ui/download-text";
import type { ExportFormat } from "./export-format";
import { htmlFile } from "./html-file";
import { plainText } from "./plain-text";
import { printDocument } from "./print";
import { renderWhole } from "./render-whole";

/** Hands a Markdown text over in `format`: as a file, or to the printer. */
export async function exportDocument(format: ExportFormat, text: string, title: string): Promise<void> {
  switch (format) {
    case "markdown":
      return downloadFile(text, { title, extension: "md", type: "text/markdown" });
    case "html":
      return downloadFile(await htmlFile(text, title), { title, extension: "html", type: "text/html" });
    case "text": {
      const content = await renderWhole(text, { math: "mathml" });
      return downloadFile(plainText(content), { title, extension: "txt", type: "text/plain" });
    }
    case "print":
      return printDocument(text);
  }
}
