import type { DocumentId } from "../src/index";
import { explain, SnowflakeGenerator, snowflakeAtTime, UlidGenerator } from "../src/index";

const documents = new UlidGenerator<DocumentId>();
export const documentId: DocumentId = documents.next();

const newestRevision = 325_000_000_000_000_000n;
const revisions = new SnowflakeGenerator({ node: 1, above: newestRevision });
export const revision: bigint = revisions.next();

export const firstOf2026: bigint = snowflakeAtTime(Date.UTC(2026, 0, 1));
export const [reading] = explain("01ARZ3NDEKTSV4RRFFQ69G5FAV");
