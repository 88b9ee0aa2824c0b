import { StateEffect, StateField, type Transaction } from "@codemirror/state";
import { ySyncAnnotation } from "y-codemirror.next";
import type { Peer } from "./peer";

/** Replaces what is known of the others' carets. */
export const setPeers = StateEffect.define<readonly Omit<Peer, "moves">[]>();

/** The others' carets, kept in their places through every change of the text. */
export const peersField = StateField.define<readonly Peer[]>({
  create: () => [],
  update(peers, transaction) {
    let next = transaction.docChanged ? peers.map((peer) => mapPeer(peer, transaction)) : peers;
    for (const effect of transaction.effects) {
      if (effect.is(setPeers)) next = mergePeers(next, effect.value, transaction.newDoc.length);
    }
    return next;
  },
});

/**
 * Text inserted exactly at a caret goes before it, as in Yjs. Where such text came from elsewhere, it is the caret's
 * owner who typed it: the position that they tell of does not change then, so this is how their moving shows.
 */
function mapPeer(peer: Peer, transaction: Transaction): Peer {
  const { changes } = transaction;
  const remote = transaction.annotation(ySyncAnnotation) !== undefined;
  const typed = remote && changes.touchesRange(peer.head) !== false;
  return {
    ...peer,
    anchor: changes.mapPos(peer.anchor, 1),
    head: changes.mapPos(peer.head, 1),
    moves: peer.moves + (typed ? 1 : 0),
  };
}

function mergePeers(
  before: readonly Peer[],
  now: readonly Omit<Peer, "moves">[],
  length: number,
): readonly Peer[] {
  const known = new Map(before.map((peer) => [peer.clientId, peer]));
  return now.map((peer) => {
    const anchor = Math.min(peer.anchor, length);
    const head = Math.min(peer.head, length);
    const previous = known.get(peer.clientId);
    const moved = previous?.head !== head || previous.anchor !== anchor;
    return { ...peer, anchor, head, moves: (previous?.moves ?? 0) + (moved ? 1 : 0) };
  });
}
