import { cursors } from "./cursors";
import { idleConnections } from "./idle-connections";
import { manyDocuments } from "./many-documents";
import { massResume } from "./mass-resume";
import { paper } from "./paper";
import { relay } from "./relay";
import { saturation, writers } from "./saturation";
import type { Scenario } from "./scenario";
import { suddenDeath } from "./sudden-death";

/** In the order in which they run. */
export const allScenarios: readonly Scenario[] = [
  relay,
  saturation,
  writers,
  manyDocuments,
  idleConnections,
  paper,
  massResume,
  cursors,
  suddenDeath,
];
