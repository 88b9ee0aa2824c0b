import type { Access } from "@scriptorium/protocol";

/** What this client may do with the text, and why not more. */
export interface Permission {
  readonly access: Access;
  /** For people, in English. */
  readonly reason: string | undefined;
  /** The same for programs, which can tell it in any language: DAMAGED, or what later servers say. */
  readonly code: string | undefined;
}

/** What holds unless the server says otherwise. */
export const mayWrite: Permission = { access: "write", reason: undefined, code: undefined };

export function samePermission(a: Permission, b: Permission): boolean {
  return a.access === b.access && a.reason === b.reason && a.code === b.code;
}
