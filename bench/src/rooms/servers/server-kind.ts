import type { Dialect } from "../wire/dialect";

export const serverNames = ["ours", "ywss", "hocuspocus", "ws"] as const;
export type ServerName = (typeof serverNames)[number];

/** A server process that serves. */
export interface RunningServer {
  readonly pid: number;
  /** Where a client connects for a document. `extended`: it understands messages 100 and 101, if the server has them. */
  url(document: string, extended: boolean): URL;
  /** Makes documents that clients may open, and returns their names. */
  createDocuments(count: number): Promise<string[]>;
  /** Ends it in peace. */
  stop(): Promise<void>;
  /** Ends it with SIGKILL. */
  kill(): Promise<void>;
}

/** One of the servers that are compared. */
export interface ServerKind {
  readonly name: ServerName;
  readonly title: string;
  readonly dialect: Dialect;
  /** Starts it on a data directory, which may hold what an earlier process left. */
  start(directory: string): Promise<RunningServer>;
}
