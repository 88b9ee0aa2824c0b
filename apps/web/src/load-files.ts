/** What the page has asked for, by address: settled once it may be counted on. */
const asked = new Map<string, Promise<void>>();

/**
 * Imports a module as soon as what an import does not wait for has arrived: style sheets, and the scripts that hold
 * packages. The build puts this before every import that is made later, in the place of Vite's own, which knows nothing
 * of the scripts.
 *
 * @param files what the module needs, itself included: all of it is asked for at once. Relative to `importer`.
 * @throws where a file cannot be had; the next call asks for it again
 */
export async function loadWithFiles<Module>(
  load: () => Promise<Module>,
  files: readonly string[] = [],
  importer: string = location.href,
): Promise<Module> {
  if (asked.size === 0) noteOwnFiles();
  await Promise.all(files.map((file) => ask(new URL(file, importer).href)));
  return load();
}

/** What the page itself names is there, or on its way, before any module runs. */
function noteOwnFiles(): void {
  for (const { src } of document.scripts) asked.set(src, Promise.resolve());
  for (const { href } of document.querySelectorAll<HTMLLinkElement>("link[href]")) {
    asked.set(href, Promise.resolve());
  }
}

function ask(address: string): Promise<void> {
  const before = asked.get(address);
  if (before !== undefined) return before;
  const arrival = insert(address).catch((error: unknown) => {
    asked.delete(address);
    throw error;
  });
  asked.set(address, arrival);
  return arrival;
}

async function insert(address: string): Promise<void> {
  if (address.endsWith(".css")) {
    await arrived(makeLink("stylesheet", address));
  } else if (address.includes("/assets/packages/")) {
    const script = document.createElement("script");
    script.src = address;
    await arrived(script);
  } else {
    // The import itself waits for modules.
    document.head.append(makeLink("modulepreload", address));
  }
}

function makeLink(rel: string, href: string): HTMLLinkElement {
  const link = document.createElement("link");
  link.rel = rel;
  link.crossOrigin = "";
  link.href = href;
  return link;
}

function arrived(element: HTMLElement): Promise<void> {
  return new Promise((resolve, reject) => {
    element.addEventListener("load", () => resolve());
    element.addEventListener("error", () => {
      element.remove();
      reject(new Error(`Cannot load ${element.getAttribute("src") ?? element.getAttribute("href")}`));
    });
    document.head.append(element);
  });
}
