/** The code of the list of documents. */
export const importDocumentsPage = () => import("./DocumentsRoute");
