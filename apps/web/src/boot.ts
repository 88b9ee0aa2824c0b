import { importFirstPage } from "./routes/import-pages";

// The first page is asked for together with the application, rather than by it. Whoever shows it says so where it cannot
// be had.
importFirstPage().catch(() => undefined);
void import("./main");
