/** What message 101 can say. Clients ignore types that they do not know. */
export type DocumentEvent =
  /**
   * The first message of every connection with `v=1`. `epoch` is the document's (a ULID, new whenever it is restored to
   * an earlier moment); `resumed` tells whether the answer to step 1 holds only what came after the revision that the
   * client named with `since`.
   */
  | { readonly type: "joined"; readonly epoch: string; readonly resumed: boolean }
  /**
   * What this client may do with the text. Sent on joining to those who may not write, and when it changes. `reason` is
   * for people, in English; `code` says the same in a word that stays, such as DAMAGED.
   */
  | {
      readonly type: "permission";
      readonly access: Access;
      readonly reason?: string | undefined;
      readonly code?: string | undefined;
    }
  | { readonly type: "title"; readonly title: string }
  /** All of them, in the order in which they were added. */
  | { readonly type: "tags"; readonly tags: readonly string[] }
  /** The server is about to restart: a close with 1012 follows. */
  | { readonly type: "draining" };

export type Access = "read" | "write";

/** Writes what this version knows of `event` and nothing else that the object may hold. */
export function encodeEventJson(event: DocumentEvent): string {
  switch (event.type) {
    case "joined":
      return JSON.stringify({ type: event.type, epoch: event.epoch, resumed: event.resumed });
    case "permission":
      return JSON.stringify({
        type: event.type,
        access: event.access,
        reason: event.reason,
        code: event.code,
      });
    case "title":
      return JSON.stringify({ type: event.type, title: event.title });
    case "tags":
      return JSON.stringify({ type: event.type, tags: event.tags });
    case "draining":
      return JSON.stringify({ type: event.type });
  }
}

/** Undefined for JSON that is no event known to this version; what a later version adds to an event is left out. */
export function decodeEventJson(json: string): DocumentEvent | undefined {
  const fields = parseFields(json);
  switch (fields?.type) {
    case "joined":
      return decodeJoined(fields);
    case "permission":
      return decodePermission(fields);
    case "title":
      return typeof fields.title === "string" ? { type: "title", title: fields.title } : undefined;
    case "tags":
      return isTexts(fields.tags) ? { type: "tags", tags: fields.tags } : undefined;
    case "draining":
      return { type: "draining" };
    default:
      return undefined;
  }
}

type Fields = Readonly<Record<string, unknown>>;

function parseFields(json: string): Fields | undefined {
  try {
    const value: unknown = JSON.parse(json);
    return typeof value === "object" && value !== null ? { ...value } : undefined;
  } catch {
    return undefined;
  }
}

function isTexts(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every((item) => typeof item === "string");
}

/** Whoever does not say that it resumed has not: the client then takes the whole document, which is always right. */
function decodeJoined({ epoch, resumed }: Fields): DocumentEvent | undefined {
  if (typeof epoch !== "string" || epoch === "") return undefined;
  return { type: "joined", epoch, resumed: resumed === true };
}

function decodePermission({ access, reason, code }: Fields): DocumentEvent | undefined {
  if (access !== "read" && access !== "write") return undefined;
  return {
    type: "permission",
    access,
    ...(typeof reason === "string" && { reason }),
    ...(typeof code === "string" && { code }),
  };
}
