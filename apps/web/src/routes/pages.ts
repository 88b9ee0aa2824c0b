import { importDocumentsPage } from "./import-documents-page";
import { importEditorPage } from "./import-editor-page";
import { importIdsPage } from "./import-ids-page";
import { importStatusPage } from "./import-status-page";
import { orRestart } from "./or-restart";
import { PageCode } from "./page-code";

export const documentsPage = new PageCode(() => orRestart(importDocumentsPage));
export const editorPage = new PageCode(() => orRestart(importEditorPage));
export const idsPage = new PageCode(() => orRestart(importIdsPage));
export const statusPage = new PageCode(() => orRestart(importStatusPage));
