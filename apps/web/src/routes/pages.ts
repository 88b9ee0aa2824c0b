import { importDocumentsPage, importEditorPage } from "./import-pages";
import { orRestart } from "./or-restart";
import { PageCode } from "./page-code";

export const documentsPage = new PageCode(() => orRestart(importDocumentsPage));
export const editorPage = new PageCode(() => orRestart(importEditorPage));
