/** What the page has asked for, by address: settled once it may be counted on. */
const asked = new Map<string, Promise<void>>();

/**
 * Imports a module as soon as what an import does not wait for has arrived: style sheets, and the scripts that hold
 * packages. The build puts this before every import that is made later, in the place of Vite's own, which knows nothing
 * of the scripts.
 *
 * @param files what the module needs, itself included: all of it is asked for at once. Relative to `importer`.
 * @throws where a file cannot be had; the next call asks for it again. The window hears of it as the event "missing",
 *   also where packages import parts of themselves, and go on without.
 */
export async function loadWithFiles<Module>(
  load: () => Promise<Module>,
  files: readonly string[] = [],
  importer?: string,
): Promise<Module> {
  if (asked.size === 0) noteOwnFiles();
  try {
    await Promise.all(files.map((file) => ask(new URL(file, importer).href)));
    return await load();
  } catch (error) {
    dispatchEvent(new Event("missing"));
    throw error;
  }
}

/** What the page itself names is there, or on its way, before any module runs; what `start.js` has asked for is on its way. */
function noteOwnFiles(): void {
  for (const script of document.scripts) {
    asked.set(script.src, script.async && !hasRun(script) ? arrived(script) : Promise.resolve());
  }
  for (const { href } of document.querySelectorAll<HTMLLinkElement>("link[href]")) {
    asked.set(href, Promise.resolve());
  }
}

/** Whether a package is where modules take it from: see `package-scripts.ts`. */
function hasRun({ src }: HTMLScriptElement): boolean {
  return `scriptorium/${src.slice(src.lastIndexOf("/") + 1)}` in globalThis;
}

async function ask(address: string): Promise<void> {
  const arrival = asked.get(address) ?? insert(address);
  asked.set(address, arrival);
  try {
    await arrival;
  } catch (error) {
    if (asked.get(address) === arrival) asked.delete(address);
    throw error;
  }
}

async function insert(address: string): Promise<void> {
  if (address.endsWith(".css")) {
    const link = makeLink("stylesheet", address);
    document.head.append(link);
    await arrived(link);
  } else if (address.includes("/assets/packages/")) {
    const script = document.createElement("script");
    script.src = address;
    document.head.append(script);
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
      reject(new Error("cannot load"));
    });
  });
}
