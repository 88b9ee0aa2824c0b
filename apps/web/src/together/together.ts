/** What an editor does not wait for, in one chunk: see useTogether.ts, and useDraft.ts for documents begun here. */
export { DraftMover } from "../collaboration/draft-mover";
export { handOverDrafts } from "../collaboration/hand-over-drafts";
export { CompanyLine } from "./CompanyLine";
export { CompanyOverlay } from "./CompanyOverlay";
export { Company } from "./company";
export { PersonRow } from "./PersonRow";
