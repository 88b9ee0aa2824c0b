import { createWriteStream } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Readable, Transform } from "node:stream";
import { pipeline } from "node:stream/promises";
import type { ActorId } from "@scriptorium/ids";
import type { FastifyInstance } from "fastify";
import { z } from "zod";
import type { Documents } from "../documents/documents";
import { importFiles } from "../documents/import-files";
import type { ImportLimits } from "../files/limits";
import type { Metrics } from "../observability/metrics";
import { Problem } from "./problem";
import { validate } from "./validate";

export interface ImportRouteOptions {
  readonly documents: Documents;
  readonly mintActor: () => ActorId;
  readonly metrics: Metrics;
  /** Of one text. */
  readonly bodyBytesMax: number;
}

const query = z.object({
  name: z
    .string()
    .trim()
    .min(1)
    .max(255)
    .regex(/^[^/\\\p{Cc}]+$/u, "must be the name of a file")
    .optional(),
});

/** What bodies hold by their content types, and how they are called where nobody says. */
const names: Readonly<Record<string, string>> = {
  "text/plain": "Untitled.txt",
  "text/markdown": "Untitled.md",
  "application/zip": "Untitled.zip",
  "application/x-zip-compressed": "Untitled.zip",
};

const filesMax = 1000;
/** At once, of all clients: each has a file on the disk and a text in memory. */
const importsMax = 4;
/** How long a client may take to send its file. */
const receivingMsMax = 10 * 60 * 1000;
/** How many times as large as one text an archive may be, and what comes out of it. */
const zipFactor = 8;
const unpackedFactor = 32;

/** `POST /api/v1/import`: makes documents of a text file, or of those in a zip archive. */
export function importRoute(app: FastifyInstance, options: ImportRouteOptions): void {
  const { documents, mintActor, metrics, bodyBytesMax } = options;
  const limits: ImportLimits = {
    fileBytesMax: bodyBytesMax,
    etherpadBytesMax: bodyBytesMax,
    zipBytesMax: zipFactor * bodyBytesMax,
    unpackedBytesMax: unpackedFactor * bodyBytesMax,
  };
  let underWay = 0;

  // Bodies are not gathered in memory here.
  app.register(async (scope) => {
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser(Object.keys(names), (_request, body, done) => done(null, body));
    scope.post("/api/v1/import", { bodyLimit: limits.zipBytesMax }, async (request, reply) => {
      const type = (request.headers["content-type"] ?? "").split(";")[0]?.trim().toLowerCase() ?? "";
      const { name = names[type] ?? "" } = validate(query, request.query);
      if (!(request.body instanceof Readable)) {
        const detail = `The body must be a file, with one of these content types: ${Object.keys(names).join(", ")}.`;
        throw new Problem("UNSUPPORTED_MEDIA_TYPE", detail);
      }
      if (underWay >= importsMax) {
        throw new Problem("BUSY", "Other imports are under way. Try again when they have ended.");
      }
      underWay += 1;
      const gone = new AbortController();
      reply.raw.once("close", () => gone.abort());
      let directory: string | undefined;
      try {
        directory = await mkdtemp(join(tmpdir(), "scriptorium-import-"));
        const isZip = names[type] === names["application/zip"];
        const path = join(directory, isZip ? "import.zip" : "import");
        const bytesMax = isZip ? limits.zipBytesMax : limits.fileBytesMax;
        await receive(request.body, bytesMax, path);
        const imported = await importFiles(path, name, {
          ...{ documents, mintActor, limits, filesMax },
          signal: gone.signal,
        });
        metrics.documentsCreated.inc(imported.created.length);
        metrics.documentsImported.inc(imported.created.length);
        if (imported.created.length === 0) throw nothingIn(imported.refused);
        return imported;
      } finally {
        underWay -= 1;
        if (directory !== undefined) await rm(directory, { recursive: true, force: true });
      }
    });
  });
}

/**
 * Writes a body to a file.
 *
 * @throws {Problem} TOO_LARGE, or INVALID_REQUEST where it does not come to an end
 */
async function receive(body: Readable, bytesMax: number, path: string): Promise<void> {
  const signal = AbortSignal.timeout(receivingMsMax);
  try {
    await pipeline(body, atMost(bytesMax), createWriteStream(path), { signal });
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException;
    const isCutShort = signal.aborted || code === "ERR_STREAM_PREMATURE_CLOSE" || code === "ECONNRESET";
    if (isCutShort) throw new Problem("INVALID_REQUEST", "The file did not come to its end.", { cause });
    throw cause;
  }
}

/** Passes on what it gets, up to so much. */
function atMost(bytesMax: number): Transform {
  let bytes = 0;
  return new Transform({
    transform(chunk: Buffer, _encoding, done) {
      bytes += chunk.length;
      if (bytes <= bytesMax) done(null, chunk);
      else done(new Problem("TOO_LARGE", `The file is larger than ${bytesMax} bytes.`));
    },
  });
}

function nothingIn(refused: readonly { readonly file: string; readonly because: string }[]): Problem {
  const [first] = refused;
  const detail =
    first === undefined
      ? "There is no file in it."
      : `Nothing was imported: ${first.file} ${first.because}${refused.length > 1 ? `, and ${refused.length - 1} more` : ""}.`;
  return new Problem("NOT_IMPORTED", detail, { fault: { refused } });
}
