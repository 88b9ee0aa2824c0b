/** Offers `text` as a file. The name is freed of what file systems refuse. */
export function downloadText(text: string, title: string): void {
  const url = URL.createObjectURL(new Blob([text], { type: "text/plain;charset=utf-8" }));
  const link = document.createElement("a");
  link.href = url;
  link.download = `${fileName(title)}.txt`;
  link.click();
  // The browser has taken its reference to the blob by the next task.
  setTimeout(() => URL.revokeObjectURL(url));
}

function fileName(title: string): string {
  return title.replace(/[\p{Cc}/\\:*?"<>|]+/gu, " ").trim();
}
