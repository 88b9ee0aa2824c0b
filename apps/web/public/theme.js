// Applies the remembered theme before the first paint. Key and values are those of src/ui/theme.ts.
(() => {
  let theme = null;
  try {
    theme = localStorage.getItem("scriptorium.theme");
  } catch {
    // Storage is blocked: the system's preference holds.
  }
  if (theme !== "light" && theme !== "dark") return;
  document.documentElement.dataset.theme = theme;
  for (const meta of document.querySelectorAll('meta[name="theme-color"]')) {
    meta.content = theme === "light" ? "#faf7f1" : "#171410";
  }
})();
