/** The editor's code: the larger part of all. */
export const importEditorPage = () => import("./EditorRoute");
