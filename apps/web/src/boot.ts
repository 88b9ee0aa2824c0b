import { pagePath } from "./base-path";
import { canStoreLocally } from "./collaboration/can-store-locally";
import { loadCatalogue } from "./interface-language/load-catalogue";
import { pageLanguage } from "./interface-language/page-language";
import { prepareLanguage } from "./languages/first-language";
import { importDocumentsPage } from "./routes/import-documents-page";
import { importEditorPage } from "./routes/import-editor-page";
import { importIdsPage } from "./routes/import-ids-page";
import { importStatusPage } from "./routes/import-status-page";

// The first page and its words are asked for together with the application, rather than by it. Whoever shows them says
// so where they cannot be had.
const path = pagePath();
const isDocument = path.startsWith("/d/");
const otherPages = new Map<string, () => Promise<unknown>>([
  ["/ids", importIdsPage],
  ["/status", importStatusPage],
]);
const importOtherPage = otherPages.get(path) ?? importDocumentsPage;
const importFirstPage = isDocument ? importEditorPage : importOtherPage;
loadCatalogue(pageLanguage).catch(() => undefined);
importFirstPage().catch(() => undefined);
void import("./main");
// Databases take a moment to get ready, which is better spent while the code arrives.
if (isDocument) {
  void canStoreLocally();
  void prepareLanguage();
}
