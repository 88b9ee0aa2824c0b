import type { Access } from "@scriptorium/protocol";

/** What this client may do with the text, and why not more. */
export interface Permission {
  readonly access: Access;
  readonly reason: string | undefined;
}

/** What holds unless the server says otherwise. */
export const mayWrite: Permission = { access: "write", reason: undefined };

export function samePermission(a: Permission, b: Permission): boolean {
  return a.access === b.access && a.reason === b.reason;
}
