import type { Explanation } from "@scriptorium/ids";
import { formatTable } from "../../operations/format";
import { localTime, relativeTo } from "./describe-time";

const bitsPerLine = 64;
const bitsPerGroup = 8;
const letters = "abcdefghijklmnopqrstuvwxyz";

/** An ID for a terminal: a letter for each bit, and what each letter stands for. `nowMs` is what times are compared with. */
export function drawExplanation(explanation: Explanation, nowMs: number): string {
  const { canonical, bits, fields, entropyBits, notes } = explanation;
  const version = explanation.scheme === "uuid" ? ` ${explanation.version}` : "";
  const legend = formatTable(
    ["", "field", " bits", "value", "meaning"],
    fields.map(({ name, length, value, meaning }, index) => [
      letterOf(index),
      name,
      String(length),
      value,
      meaning,
    ]),
  );
  const facts = [
    ...("time" in explanation ? drawTime(explanation.time.ms, explanation.time.iso, nowMs) : []),
    `random   ${entropyBits} of ${bits} bits`,
    ...notes,
  ];
  return `${canonical}  ${explanation.scheme}${version}

${drawBits(explanation)}
${legend}
${facts.join("\n")}
`;
}

function drawTime(ms: number, iso: string, nowMs: number): string[] {
  return [`time     ${iso}, ${relativeTo(nowMs, ms)}`, `local    ${localTime(ms)}`];
}

function drawBits({ bits, fields }: Explanation): string {
  const all = fields.map(({ length }, index) => letterOf(index).repeat(length)).join("");
  let drawing = "";
  for (let from = 0; from < bits; from += bitsPerLine) {
    const groups = all.slice(from, from + bitsPerLine).match(new RegExp(`.{1,${bitsPerGroup}}`, "g")) ?? [];
    drawing += `${String(from).padStart(3)}  ${groups.join(" ")}\n`;
  }
  return drawing;
}

function letterOf(index: number): string {
  return letters[index % letters.length] ?? "?";
}
