const pattern = /^scriptorium-(\d{4}-\d{2}-\d{2})T(\d{2})-(\d{2})-(\d{2})-(\d{3})Z$/;

/** The directory of a scheduled backup, named by when it began: `scriptorium-2026-11-22T02-41-29-000Z`. */
export function backupName(at: Date): string {
  return `scriptorium-${at.toISOString().replaceAll(/[:.]/g, "-")}`;
}

/** When the backup of this name began; undefined for what is none of ours. */
export function backupTime(name: string): Date | undefined {
  const match = pattern.exec(name);
  if (match === null) return undefined;
  const [, day, hour, minute, second, millisecond] = match;
  const at = new Date(`${day}T${hour}:${minute}:${second}.${millisecond}Z`);
  return Number.isNaN(at.getTime()) ? undefined : at;
}
