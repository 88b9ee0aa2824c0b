import { readFileSync } from "node:fs";

type Secret =
  | { readonly value: string | undefined; readonly fault?: undefined }
  | { readonly value?: undefined; readonly fault: string };

/**
 * A secret that stands in a variable, or in the file that the variable with `_FILE` at the end of its name names, as
 * Docker and systemd hand secrets over. Undefined if neither is set; with `fault`, which says what is wrong with the file,
 * if it cannot be had.
 */
export function readSecret(env: Readonly<Record<string, string | undefined>>, name: string): Secret {
  const file = env[`${name}_FILE`];
  if (file === undefined) return { value: env[name] };
  if (env[name] !== undefined) return { fault: `${name} is set, too: leave one of them out` };
  try {
    const value = readFileSync(file, "utf8").trim();
    return value === "" ? { fault: "the file is empty" } : { value };
  } catch (error) {
    const why = error instanceof Error && "code" in error ? String(error.code) : String(error);
    return { fault: `the file cannot be read (${why})` };
  }
}
