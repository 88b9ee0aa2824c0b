import * as z from "zod/mini";

/** In which texts something is done. */
export const scopes = ["everywhere", "source", "prose", "nowhere"] as const;
export type Scope = (typeof scopes)[number];

export const fonts = ["mono", "sans"] as const;
export const fontSizes = [12, 13, 14, 15, 16, 17, 18, 20, 22, 24, 28, 32] as const;
/** Columns; 0 is no ruler. */
export const rulers = [0, 72, 80, 100, 120] as const;
export const keySets = ["standard", "vim", "emacs"] as const;
export type KeySet = (typeof keySets)[number];
export const switches = ["on", "off"] as const;

const scope = z.enum(scopes);

/** How one person likes to see and write any text, on this device. What is absent or malformed is as by default. */
const shape = {
  /** Of prose: source is always in letters of one width. */
  font: z.catch(z.enum(fonts), "mono"),
  /** In pixels, as browsers count them. */
  fontSize: z.catch(z.literal(fontSizes), 16),
  wrap: z.catch(scope, "prose"),
  lineNumbers: z.catch(scope, "source"),
  activeLine: z.catch(scope, "source"),
  /** Whether words are offered while one types; on request they always are. */
  completion: z.catch(scope, "source"),
  brackets: z.catch(scope, "source"),
  whitespace: z.catch(scope, "nowhere"),
  ruler: z.catch(z.literal(rulers), 0),
  keys: z.catch(z.enum(keySets), "standard"),
  /** Whether screen readers hear of what others do to the text. */
  announceEdits: z.catch(z.enum(switches), "on"),
};

const schema = z.object(shape);

export type Preferences = Readonly<z.infer<typeof schema>>;

export const defaultPreferences: Preferences = schema.parse({});

/** Reads what a device remembers, whoever wrote it. */
export function parsePreferences(stored: string | undefined): Preferences {
  try {
    const parsed = schema.safeParse(JSON.parse(stored ?? "{}"));
    return parsed.success ? parsed.data : defaultPreferences;
  } catch {
    return defaultPreferences;
  }
}

export function applies(scope: Scope, prose: boolean): boolean {
  return scope === "everywhere" || scope === (prose ? "prose" : "source");
}
