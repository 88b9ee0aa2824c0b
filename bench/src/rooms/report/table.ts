import type { Outcome } from "../run-scenario";
import type { Scenario } from "../scenarios/scenario";
import { type ServerName, serverNames } from "../servers/server-kind";
import { serverKinds } from "../servers/server-kinds";

const titleWidth = 50;
const valueWidth = 14;
/** Cores that others may take before it is worth a word. */
const disturbanceMax = 0.1;

/** The figures of one scenario, a column for each server, and the bars below. */
export function drawTable(
  scenario: Scenario,
  { results, verdicts, seconds, coresTaken }: Outcome,
  names: readonly ServerName[],
): string {
  const columns = serverNames.filter((name) => names.includes(name));
  const head = columns.map((name) => serverKinds[name].title.padStart(valueWidth)).join("");
  const lines = [`${scenario.title.padEnd(titleWidth)}${head}`];
  for (const { key, title, decimals } of scenario.figures) {
    const values = columns.map((name) => results[name]?.[key]);
    if (values.every((value) => value === undefined)) continue;
    const cells = values.map((value) => formatNumber(value, decimals).padStart(valueWidth)).join("");
    lines.push(`  ${title.padEnd(titleWidth - 2)}${cells}`);
  }
  for (const { figure, bar, reached, isMet } of verdicts) {
    const title = titleOf(scenario, figure);
    const share = bar.includes("×") ? `${reached.toFixed(2)} ×` : formatNumber(reached, 2);
    lines.push(`  ${isMet ? "ok    " : "MISSED"} ${title}: ${share} (bar ${bar})`);
  }
  const warning = `; other processes took ${coresTaken.toFixed(1)} cores: measure again when it is quiet`;
  lines.push(`  ${seconds.toFixed(0)} s${coresTaken > disturbanceMax ? warning : ""}`);
  return `${lines.join("\n")}\n`;
}

/** Figures that explain the one above them are indented: their titles say nothing alone. */
function titleOf(scenario: Scenario, key: string): string {
  const index = scenario.figures.findIndex((figure) => figure.key === key);
  const title = scenario.figures[index]?.title ?? key;
  if (!title.startsWith(" ")) return title;
  const above = scenario.figures.slice(0, index).findLast((figure) => !figure.title.startsWith(" "));
  return above === undefined ? title.trim() : `${title.trim()} (${above.title})`;
}

function formatNumber(value: number | undefined, decimals: number): string {
  if (value === undefined) return "–";
  return value.toLocaleString("en", { minimumFractionDigits: decimals, maximumFractionDigits: decimals });
}
