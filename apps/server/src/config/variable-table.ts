import { variables } from "./environment";

/** Every variable with its default and what it is for, as a table in Markdown. */
export function variableTable(): string {
  const rows = variables.map(({ name, fallback, unset, description }) =>
    [`\`${name}\``, fallback === undefined ? (unset ?? "") : `\`${fallback}\``, description].join(" | "),
  );
  return ["| variable | default | what |", "| --- | --- | --- |", ...rows.map((row) => `| ${row} |`), ""]
    .join("\n")
    .replaceAll("|  |", "| |");
}
