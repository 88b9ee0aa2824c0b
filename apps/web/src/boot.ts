import { importDocumentsPage } from "./routes/import-documents-page";
import { importEditorPage } from "./routes/import-editor-page";

// The first page is asked for together with the application, rather than by it. Whoever shows it says so where it cannot
// be had.
const importFirstPage = window.location.pathname.startsWith("/d/") ? importEditorPage : importDocumentsPage;
importFirstPage().catch(() => undefined);
void import("./main");
