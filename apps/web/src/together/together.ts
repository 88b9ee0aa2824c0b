/** What is loaded once a text is there: see useTogether.ts. */

export { CompanyLine } from "./CompanyLine";
export { CompanyOverlay } from "./CompanyOverlay";
export { Company } from "./company";
export { PersonRow } from "./PersonRow";
