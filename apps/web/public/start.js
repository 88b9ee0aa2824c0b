{
  let theme;
  try {
    theme = localStorage.getItem("scriptorium.theme");
  } catch {}
  const ground = { light: "#faf7f1", dark: "#171410" }[theme];
  if (ground) {
    document.documentElement.dataset.theme = theme;
    for (const meta of document.querySelectorAll("meta[media]")) meta.content = ground;
  }
  const needed = document.querySelector("meta[data-document]");
  if (needed && /\/d\/[^/]+$/.test(location.pathname)) {
    const script = document.createElement("script");
    script.src = needed.dataset.document;
    script.onerror = () => script.remove();
    document.head.append(script);
  }
}
