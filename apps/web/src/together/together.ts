/** What an editor does not wait for, in one chunk: see useTogether.ts, and useDraft.ts for documents begun here. */
export { DraftMover } from "../collaboration/draft-mover";
export { handOver } from "../collaboration/hand-over";
export { CompanyLine } from "./CompanyLine";
export { CompanyOverlay } from "./CompanyOverlay";
export { Company } from "./company";
export { PersonRow } from "./PersonRow";
