import { statSync } from "node:fs";
import { dirname } from "node:path";
import { LogError } from "@scriptorium/log";
import { ConfigError } from "./config/config";
import { DataFormatError } from "./data-format/data-format-error";
import { OperationError } from "./operations/operation-error";

/** What the server was asked to use. */
export interface StartFacts {
  readonly host: string;
  readonly port: number;
  readonly dataDirectory: string;
}

/**
 * Why the server could not start, and what to do about it, in a sentence or two; undefined for what was not foreseen, which
 * is our mistake.
 *
 * @param facts undefined if not even the configuration could be read
 */
export function explainStartFailure(error: unknown, facts: StartFacts | undefined): string | undefined {
  if (error instanceof ConfigError || error instanceof DataFormatError) return error.message;
  const ofTheDisk = facts && explainDisk(error, facts.dataDirectory);
  if (ofTheDisk !== undefined) return ofTheDisk;
  if (error instanceof LogError || error instanceof OperationError) return error.message;
  return facts && explainAddress(error, facts);
}

/** What threads say of a full disk arrives as text. */
const fullDisk = /\bENOSPC\b|\bEDQUOT\b|database or disk is full/;

function explainDisk(error: unknown, dataDirectory: string): string | undefined {
  if (error instanceof Error && fullDisk.test(`${error.message} ${systemErrorIn(error)?.code}`)) {
    return `The disk of ${dataDirectory} is full. Nothing is lost: make room there, and start again.`;
  }
  const { code, path = dataDirectory } = systemErrorIn(error) ?? {};
  switch (code) {
    case "EROFS":
      return `${path} is on a file system that is mounted read-only. Mount it writable, or set SCRIPTORIUM_DATA_DIR to another directory.`;
    case "EACCES":
    case "EPERM":
    case "SQLITE_CANTOPEN":
    case "SQLITE_READONLY":
      // A port has no path.
      return isOfFile(error) ? explainAccess(path, dataDirectory) : undefined;
    case "ENOENT":
      // What Node says where a directory is to be made in one that takes none, such as on a read-only file system.
      return systemErrorIn(error)?.syscall === "mkdir"
        ? `${path} cannot be made there. Make it, or set SCRIPTORIUM_DATA_DIR to a directory on a file system that can be written.`
        : undefined;
    case "ENOTDIR":
    case "EEXIST":
      return `${path} is no directory. Set SCRIPTORIUM_DATA_DIR to one, or to where one can be made.`;
    default:
      return undefined;
  }
}

function isOfFile(error: unknown): boolean {
  const { syscall } = systemErrorIn(error) ?? {};
  return syscall !== "listen" && syscall !== "bind";
}

function explainAccess(path: string, dataDirectory: string): string {
  const me = process.getuid?.();
  const { existing, owner } = ownerOf(path);
  const who = me === undefined ? "this user" : `user ${me}`;
  if (!isWithin(existing, dataDirectory)) {
    return `The server runs as ${who}, who may not make ${dataDirectory}. Make it (sudo install -d${me === undefined ? "" : ` -o ${me}`} ${dataDirectory}), or set SCRIPTORIUM_DATA_DIR to another directory.`;
  }
  const isOthers = owner !== undefined && me !== undefined && owner !== me;
  const whose = isOthers ? `, and ${existing} belongs to user ${owner}` : "";
  const cure = isOthers
    ? `Give it to this user (chown -R ${me} ${dataDirectory}), run the server as user ${owner}`
    : `Give ${who} the right to read and write there (chmod -R u+rwX ${dataDirectory})`;
  return `The server runs as ${who}, who may not read and write ${path}${whose}. ${cure}, or set SCRIPTORIUM_DATA_DIR to another directory.`;
}

function isWithin(path: string, directory: string): boolean {
  return path === directory || path.startsWith(`${directory}/`);
}

/** Of the path itself, or of the nearest directory above it that there is. */
function ownerOf(path: string): { existing: string; owner: number | undefined } {
  try {
    return { existing: path, owner: statSync(path).uid };
  } catch {
    const parent = dirname(path);
    return parent === path ? { existing: path, owner: undefined } : ownerOf(parent);
  }
}

function explainAddress(error: unknown, { host, port }: StartFacts): string | undefined {
  const found = systemErrorIn(error);
  const address = `${host}, port ${found?.port ?? port}`;
  switch (found?.code) {
    case "EADDRINUSE":
      return `Something else listens on ${address} already. Stop it, or choose another PORT.`;
    case "EACCES":
      return `This user may not listen on ${address}. Choose a PORT of 1024 or more.`;
    case "EADDRNOTAVAIL":
    case "ENOTFOUND":
      return `This machine has no address ${address}. Check SCRIPTORIUM_HOST.`;
    default:
      return undefined;
  }
}

interface SystemError extends Error {
  readonly code: string;
  readonly path?: string;
  readonly port?: number;
  readonly syscall?: string;
}

/** What the system said, however often it was wrapped since. */
function systemErrorIn(error: unknown): SystemError | undefined {
  if (!(error instanceof Error)) return undefined;
  if ("code" in error && typeof error.code === "string" && /^(?:E[A-Z]+|SQLITE_[A-Z]+)$/.test(error.code)) {
    return error as SystemError;
  }
  return systemErrorIn(error.cause);
}
