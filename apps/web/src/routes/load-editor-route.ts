/** The editor's code. Called early, when the page is idle, it makes opening a document instant. */
export function loadEditorRoute() {
  return import("./EditorRoute");
}
