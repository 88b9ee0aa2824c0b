interface Sample {
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
}

interface Family {
  readonly name: string;
  readonly help: string;
  readonly type: string;
  readonly samples: readonly Sample[];
}

const sampleLine = /^([a-z_:][a-z0-9_:]*)(?:\{(.*)\})? (\S+)$/i;
const label = /([a-z_]\w*)="((?:[^"\\]|\\.)*)"(?:,|$)/giy;

/**
 * Reads Prometheus's text format, strictly.
 *
 * @throws for a line that is none, and for a sample that does not belong to the help and the type before it
 */
export function readExposition(text: string): Family[] {
  const families: { name: string; help: string; type: string; samples: Sample[] }[] = [];
  for (const line of text.split("\n")) {
    if (line === "") continue;
    const [, kind, name = "", rest = ""] = /^# (HELP|TYPE) (\S+) (.+)$/.exec(line) ?? [];
    const family = families.at(-1);
    if (kind === "HELP") {
      families.push({ name, help: rest, type: "", samples: [] });
    } else if (kind === "TYPE" && family?.name === name && family.type === "") {
      family.type = rest;
    } else {
      const sample = readSample(line);
      const base =
        family?.type === "histogram" || family?.type === "summary" ? withoutPart(sample.name) : sample.name;
      if (family === undefined || family.type === "" || base !== family.name)
        throw new Error(`misplaced: ${line}`);
      family.samples.push(sample);
    }
  }
  return families;
}

function readSample(line: string): Sample {
  const [, name, given = "", value] = sampleLine.exec(line) ?? [];
  if (name === undefined || Number.isNaN(Number(value?.replace("Inf", "Infinity"))))
    throw new Error(`no sample: ${line}`);
  const labels = Object.fromEntries(
    Array.from(given.matchAll(label), ([, key = "", text = ""]) => [key, text]),
  );
  return { name, labels, value: Number(value) };
}

function withoutPart(name: string): string {
  return name.replace(/_(bucket|sum|count)$/, "");
}
