// For pages that name documents, and load nothing of the rest until somebody asks what an ID says.
export { parseDocumentId } from "./ulid";
export { UlidGenerator } from "./ulid-generator";
