/** The code of the list of documents. */
export const importDocumentsPage = () => import("./DocumentsRoute");

/** The editor's code: the larger part of all. */
export const importEditorPage = () => import("./EditorRoute");

/** The code of the page that the address leads to. */
export const importFirstPage = () =>
  window.location.pathname.startsWith("/d/") ? importEditorPage() : importDocumentsPage();
