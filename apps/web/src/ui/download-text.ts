interface FileKind {
  /** Becomes the file's name, freed of what file systems refuse. */
  readonly title: string;
  /** Without the dot. */
  readonly extension: string;
  /** A media type. */
  readonly type: string;
}

/** Offers `text` as a plain text file. */
export function downloadText(text: string, title: string): void {
  downloadFile(text, { title, extension: "txt", type: "text/plain" });
}

/** Offers `text` as a file. */
export function downloadFile(text: string, { title, extension, type }: FileKind): void {
  const url = URL.createObjectURL(new Blob([text], { type: `${type};charset=utf-8` }));
  const link = document.createElement("a");
  link.href = url;
  link.download = `${fileName(title)}.${extension}`;
  link.click();
  // The browser has taken its reference to the blob by the next task.
  setTimeout(() => URL.revokeObjectURL(url));
}

function fileName(title: string): string {
  return title.replace(/[\p{Cc}/\\:*?"<>|]+/gu, " ").trim();
}
