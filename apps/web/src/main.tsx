import "./ui/base.css";
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { registerServiceWorker } from "./register-service-worker";
import { App } from "./routes/App";
import { loadEditorRoute } from "./routes/load-editor-route";
import { DeviceStoreContext } from "./ui/DeviceStoreContext";
import { openDeviceStore } from "./ui/device-store";

// Requests fail at once rather than wait for a network: the page says so and offers another try.
const queries = new QueryClient({
  defaultOptions: {
    queries: { networkMode: "always", retry: false },
    mutations: { networkMode: "always" },
  },
});
const store = openDeviceStore(() => window.localStorage);

const root = document.getElementById("root");
if (root === null) throw new Error("index.html has no #root");
createRoot(root).render(
  <StrictMode>
    <QueryClientProvider client={queries}>
      <DeviceStoreContext value={store}>
        <App />
      </DeviceStoreContext>
    </QueryClientProvider>
  </StrictMode>,
);

// A new release has replaced the files that this page would load: only a new page knows the new names.
// Without a network it would not know them either, and a missing grammar is no reason to leave a text.
// Once: where even a new page cannot have a file, CrashBoundary says so when it is needed.
window.addEventListener("vite:preloadError", () => {
  if (!navigator.onLine) return;
  const [navigation] = performance.getEntriesByType("navigation") as PerformanceNavigationTiming[];
  if (navigation?.type !== "reload") window.location.reload();
});

registerServiceWorker();
setTimeout(() => void loadEditorRoute().catch(() => undefined), 1000);
