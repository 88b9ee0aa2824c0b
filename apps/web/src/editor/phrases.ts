/** CodeMirror's own words, as this interface writes them. Keys are CodeMirror's. */
export const phrases: Record<string, string> = {
  "Go to line": "Line",
  go: "Go",
  close: "Close",
};
