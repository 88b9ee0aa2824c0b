/** Where an image of a text comes from. */
export type ImageSource =
  | { readonly kind: "own" }
  | { readonly kind: "remote"; readonly url: string; readonly host: string }
  /** Nothing that could be shown. */
  | { readonly kind: "none" };

/** Own is what needs no request, and what is asked of this very server by a path. */
export function describeImage(src: string): ImageSource {
  const trimmed = src.trim();
  if (/^data:image\/(?:png|jpeg|gif|webp|avif);base64,/i.test(trimmed)) return { kind: "own" };
  // Browsers take a backslash for a slash, and drop tabs and line breaks: `/\example.org` is elsewhere.
  if (/^(?:\.{0,2}\/)?[\w.~-][^\\\t\r\n:]*$/.test(trimmed) && !trimmed.startsWith("//"))
    return { kind: "own" };
  try {
    const { href, host, protocol } = new URL(trimmed, "https://none.invalid");
    if (protocol !== "https:" && protocol !== "http:") return { kind: "none" };
    if (host === "none.invalid") return { kind: "none" };
    return { kind: "remote", url: href, host };
  } catch {
    return { kind: "none" };
  }
}
