/** CodeMirror's own words, as this interface writes them. Keys are CodeMirror's. */
export const phrases: Record<string, string> = {
  next: "Next",
  previous: "Previous",
  all: "Select all",
  "match case": "Match case",
  regexp: "Pattern",
  "by word": "Whole words",
  replace: "Replace",
  "replace all": "Replace all",
  close: "Close",
};
