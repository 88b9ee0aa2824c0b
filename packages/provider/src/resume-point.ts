/** From where a replica can go on when it connects, instead of taking the whole document again. */
export interface ResumePoint {
  /** The epoch of the document that the replica's content belongs to: new whenever the document is restored. */
  readonly epoch: string;
  /** The replica holds everything up to this revision. Undefined while that is not known. */
  readonly revision: bigint | undefined;
}

/** The query parameters that tell the server of it. */
export function resumeParams(point: ResumePoint | undefined): Record<string, string> {
  if (point === undefined) return {};
  return {
    ...(point.revision !== undefined && { since: String(point.revision) }),
    epoch: point.epoch,
  };
}
