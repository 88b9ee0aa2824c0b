/**
 * Where the app is: "/", or "/write/" where a proxy has it under a path. The server writes it into the page, which is one
 * and the same whatever its address.
 */
export const basePath = readBasePath();

/** The address of what the server has at `path`. */
export function underBase(path: `/${string}`): string {
  return basePath + path.slice(1);
}

/** The path of the page that is shown, seen from where the app is. */
export function pagePath(): string {
  const { pathname } = window.location;
  // Without its slash, the address of the app is that of its first page, too.
  return pathname.startsWith(basePath) ? pathname.slice(basePath.length - 1) : "/";
}

/** The root where nobody has written one: in tests. */
function readBasePath(): string {
  if (typeof document === "undefined") return "/";
  return document.querySelector<HTMLMetaElement>('meta[name="base-path"]')?.content ?? "/";
}
