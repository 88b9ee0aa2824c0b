import type { Awareness } from "y-protocols/awareness";
import * as Y from "yjs";
import { readPerson } from "../collaboration/person";
import { strings } from "../ui/strings";
import type { Peer } from "./peer";

/** The carets that the other clients tell of, where they stand in `text` now. */
export function readPeers(awareness: Awareness, text: Y.Text): readonly Omit<Peer, "moves">[] {
  const peers: Omit<Peer, "moves">[] = [];
  for (const [clientId, state] of awareness.getStates()) {
    if (clientId === awareness.clientID) continue;
    const anchor = resolvePosition(state.cursor?.anchor, text);
    const head = resolvePosition(state.cursor?.head, text);
    if (anchor === undefined || head === undefined) continue;
    peers.push({
      clientId,
      person: readPerson(state.user, clientId, strings.people.anonymous),
      anchor,
      head,
    });
  }
  return peers;
}

/** Where a position of another client's is. Undefined for one that is none, is of another text, or refers to edits that are not here yet. */
export function resolvePosition(position: unknown, text: Y.Text): number | undefined {
  if (typeof position !== "object" || position === null || text.doc === null) return undefined;
  try {
    const relative = Y.createRelativePositionFromJSON(position);
    const absolute = Y.createAbsolutePositionFromRelativePosition(relative, text.doc);
    return absolute?.type === text ? absolute.index : undefined;
  } catch {
    // Another client may claim anything to be a position.
    return undefined;
  }
}
