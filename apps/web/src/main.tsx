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

registerServiceWorker();
setTimeout(() => void loadEditorRoute().catch(() => undefined), 1000);
