import { relative, resolve, sep } from "node:path";
import { type Environment, environment, type VariableName, variables } from "./environment";
import { readSecret } from "./secret";

/** A variable's value as it takes effect. */
export interface Setting {
  readonly name: VariableName;
  /** Undefined where there is none; of a secret, dots. */
  readonly value: string | undefined;
  readonly source: "default" | "environment" | "file";
}

/** What is wrong with a variable. */
export interface Mistake {
  /** Its name; for a secret that cannot be had from its file, that of the variable that names the file. */
  readonly variable: string;
  /** What was set; of a secret, dots. */
  readonly value: string;
  readonly message: string;
}

export interface EnvironmentCheck {
  readonly settings: readonly Setting[];
  /** All that there are, in the order of the variables. */
  readonly mistakes: readonly Mistake[];
  /** Undefined if there are mistakes. */
  readonly values: Environment | undefined;
}

type Variables = Readonly<Record<string, string | undefined>>;

const masked = "…";

/** Looks at all variables at once. Blank ones count as not set. */
export function checkEnvironment(env: Variables): EnvironmentCheck {
  const given = Object.fromEntries(Object.entries(env).filter(([, value]) => value?.trim() !== ""));
  const { values: effective, mistakes: unreadable } = readSecrets(given);
  const parsed = environment.safeParse(effective);
  const shown = (name: string) => (isSecret(name) ? masked : (given[name] ?? ""));
  const wrong = (parsed.error?.issues ?? []).map(({ path, message }) => {
    const variable = path.join(".");
    return { variable, value: shown(variable), message };
  });
  const contradicting = parsed.success
    ? contradictions(parsed.data, given).map((mistake) => ({ ...mistake, value: shown(mistake.variable) }))
    : [];
  const mistakes = [...wrong, ...unreadable, ...contradicting];
  return {
    settings: variables.map(({ name, fallback }) => settingOf(name, fallback, given, effective)),
    mistakes,
    values: mistakes.length === 0 ? parsed.data : undefined,
  };
}

function isSecret(name: string): boolean {
  return variables.some((variable) => variable.isSecret && variable.name === name);
}

/** Puts what stands in files in the place of the variables. */
function readSecrets(given: Variables): { values: Variables; mistakes: Mistake[] } {
  const values: Record<string, string | undefined> = { ...given };
  const mistakes: Mistake[] = [];
  for (const { name, isSecret } of variables) {
    if (!isSecret) continue;
    const { value, fault } = readSecret(given, name);
    if (fault === undefined) values[name] = value;
    else {
      delete values[name];
      mistakes.push({ variable: `${name}_FILE`, value: given[`${name}_FILE`] ?? "", message: fault });
    }
  }
  return { values, mistakes };
}

function settingOf(
  name: VariableName,
  fallback: string | undefined,
  given: Variables,
  effective: Variables,
): Setting {
  const value = effective[name];
  if (value === undefined) return { name, value: fallback, source: "default" };
  return {
    name,
    value: isSecret(name) ? masked : value,
    source: given[name] === undefined ? "file" : "environment",
  };
}

/** What each is a value of its own, and cannot be meant together. */
function contradictions(values: Environment, given: Variables): Omit<Mistake, "value">[] {
  const found: Omit<Mistake, "value">[] = [];
  const metricsPort = values.SCRIPTORIUM_METRICS_PORT;
  if (metricsPort !== undefined && metricsPort !== 0 && metricsPort === values.PORT) {
    const message = "is PORT, too. Choose another one, or leave it out to have /metrics on PORT";
    found.push({ variable: "SCRIPTORIUM_METRICS_PORT", message });
  }
  if (metricsPort !== undefined && values.SCRIPTORIUM_METRICS.size === 0) {
    const message = "SCRIPTORIUM_METRICS is off: there would be nothing to see there";
    found.push({ variable: "SCRIPTORIUM_METRICS_PORT", message });
  }
  return [...found, ...contradictionsOfBackups(values, given), ...contradictionsOfMirror(values)];
}

/** Whatever is in the mirror is taken for a text that somebody has put there. */
function contradictionsOfMirror(values: Environment): Omit<Mistake, "value">[] {
  const { SCRIPTORIUM_MIRROR_DIR: mirror } = values;
  if (mirror === undefined) return [];
  return (["SCRIPTORIUM_DATA_DIR", "SCRIPTORIUM_BACKUP_DIR"] as const).flatMap((variable) => {
    const other = values[variable];
    if (other === undefined || !(isWithin(mirror, other) || isWithin(other, mirror))) return [];
    const message = `is in ${variable} or around it. Choose a directory apart from it`;
    return [{ variable: "SCRIPTORIUM_MIRROR_DIR", message }];
  });
}

function isWithin(path: string, directory: string): boolean {
  const [first = ""] = relative(resolve(directory), resolve(path)).split(sep);
  return first !== "..";
}

const ofBackups = [
  "SCRIPTORIUM_BACKUP_EVERY",
  "SCRIPTORIUM_BACKUP_KEEP",
  "SCRIPTORIUM_BACKUP_REHEARSE",
] as const;
/** Others than the server put nothing there, and it may remove what is there. */
const ownDirectories = ["log", "projections", "state"];

function contradictionsOfBackups(values: Environment, given: Variables): Omit<Mistake, "value">[] {
  const { SCRIPTORIUM_BACKUP_DIR: directory, SCRIPTORIUM_DATA_DIR: data } = values;
  if (directory === undefined) {
    return ofBackups
      .filter((variable) => given[variable] !== undefined)
      .map((variable) => ({
        variable,
        message: "SCRIPTORIUM_BACKUP_DIR is not set: there would be no backups",
      }));
  }
  const [first = ""] = relative(resolve(data), resolve(directory)).split(sep);
  if (first !== "" && !ownDirectories.includes(first)) return [];
  const message = `is in the data itself. Choose another directory, best on another disk`;
  return [{ variable: "SCRIPTORIUM_BACKUP_DIR", message }];
}
