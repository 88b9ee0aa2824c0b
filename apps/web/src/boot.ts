import { loadCatalogue } from "./interface-language/load-catalogue";
import { pageLanguage } from "./interface-language/page-language";
import { importDocumentsPage } from "./routes/import-documents-page";
import { importEditorPage } from "./routes/import-editor-page";

// The first page and its words are asked for together with the application, rather than by it. Whoever shows them says
// so where they cannot be had.
const importFirstPage = window.location.pathname.startsWith("/d/") ? importEditorPage : importDocumentsPage;
loadCatalogue(pageLanguage).catch(() => undefined);
importFirstPage().catch(() => undefined);
void import("./main");
