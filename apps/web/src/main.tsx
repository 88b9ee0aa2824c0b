import "./ui/base.css";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { pagePath } from "./base-path";
import { loadCatalogue } from "./interface-language/load-catalogue";
import { pageLanguage } from "./interface-language/page-language";
import { registerServiceWorker } from "./register-service-worker";
import { App } from "./routes/App";
import { orRestart } from "./routes/or-restart";
import { documentsPage, editorPage, idsPage, statusPage } from "./routes/pages";
import { atRest } from "./ui/at-rest";
import { DeviceStoreContext } from "./ui/DeviceStoreContext";
import { openDeviceStore } from "./ui/device-store";
import { speak, strings } from "./ui/strings";

const store = openDeviceStore(() => window.localStorage);

/** What comes so soon is not worth a placeholder. */
const placeholderMs = 200;
const path = pagePath();
const [, id] = /^\/d\/([^/]+)/.exec(path) ?? [];
const otherPages = new Map([
  ["/ids", idsPage],
  ["/status", statusPage],
]);
const otherPage = otherPages.get(path) ?? documentsPage;
const firstPage = id === undefined ? otherPage.prepare({}, store) : editorPage.prepare({ id }, store);
const [catalogue] = await Promise.all([
  orRestart(() => loadCatalogue(pageLanguage)),
  Promise.race([firstPage, new Promise((resolve) => setTimeout(resolve, placeholderMs))]),
]);
speak(catalogue);
document.documentElement.lang = strings.locale;
document.documentElement.dir = strings.direction;

const root = document.getElementById("root");
if (root === null) throw new Error("index.html has no #root");
createRoot(root).render(
  <StrictMode>
    <DeviceStoreContext value={store}>
      <App />
    </DeviceStoreContext>
  </StrictMode>,
);

// Installing takes seconds of a small machine; and who reads a document may go to the others next, and the other way round.
atRest(() => {
  registerServiceWorker();
  for (const page of [documentsPage, editorPage]) void page.preload();
});
