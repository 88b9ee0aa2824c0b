export type { ActorId, DocumentId, Ulid } from "./brand";
export { diagnose, type IdFault, type IdFaultCode, idLengthMax } from "./diagnose";
export { explain } from "./explain";
export type {
  Explanation,
  IdTime,
  NanoidExplanation,
  SnowflakeExplanation,
  UlidExplanation,
  UuidDceExplanation,
  UuidExplanation,
  UuidPlainExplanation,
  UuidTimeExplanation,
  UuidUnixTimeExplanation,
} from "./explanation";
export type { Field } from "./field";
export { IdError } from "./id-error";
export { type MintableScheme, mint, mintableSchemes, SampleMint } from "./mint";
export {
  parseSnowflake,
  type SnowflakeParts,
  snowflakeAtTime,
  snowflakeEpochMs,
  snowflakeMax,
  snowflakeParts,
  snowflakeTimeMaxMs,
} from "./snowflake";
export { type ClockFaults, clockStepMs, SnowflakeGenerator } from "./snowflake-generator";
export type { Clock, RandomSource } from "./sources";
export {
  parseActorId,
  parseDocumentId,
  parseUlid,
  ulidFromBytes,
  ulidTimeMaxMs,
  ulidTimeMs,
  ulidToBytes,
} from "./ulid";
export { UlidGenerator } from "./ulid-generator";
export { mintUuidV5 } from "./uuid-mint";
