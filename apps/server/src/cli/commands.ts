import { backupCommand } from "./backup/backup-command";
import { restoreCommand } from "./backup/restore-command";
import type { Command } from "./command";
import { completionCommand } from "./completion/completion-command";
import { configCheckCommand } from "./config/check-command";
import { configTableCommand } from "./config/table-command";
import { doctorCommand } from "./doctor/doctor-command";
import { exportCommand } from "./export/export-command";
import { idCommand } from "./id/id-command";
import { mintCommand } from "./id/mint-command";
import { importCommand } from "./import/import-command";
import { dumpCommand } from "./log/dump-command";
import { inspectCommand } from "./log/inspect-command";
import { salvageCommand } from "./log/salvage-command";
import { verifyCommand } from "./log/verify-command";
import { healthCommand } from "./server/health-command";
import { serveCommand } from "./server/serve-command";

/** In the order of the help. Of two that begin alike, the longer is first. */
export const commands: readonly Command[] = [
  serveCommand,
  healthCommand,
  inspectCommand,
  dumpCommand,
  verifyCommand,
  salvageCommand,
  backupCommand,
  restoreCommand,
  doctorCommand,
  configCheckCommand,
  configTableCommand,
  exportCommand,
  importCommand,
  mintCommand,
  idCommand,
  completionCommand(() => commands),
];
