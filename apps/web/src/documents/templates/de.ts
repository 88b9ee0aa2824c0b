import type { Template } from "./template";

/** The templates in German. */
export function templates(day: string): readonly Template[] {
  return [
    {
      id: "meeting",
      name: "Besprechungsnotizen",
      title: `Besprechung ${day}`,
      text: `# Besprechung, ${day}

**Anwesend:**

## Tagesordnung

1.

## Notizen

-

## Beschlüsse

-

## Nächste Schritte

- [ ]
`,
    },
    {
      id: "readme",
      name: "README",
      title: "README.md",
      text: `# Name des Projekts

Ein Satz: was es tut, und für wen.

## Installieren

\`\`\`sh

\`\`\`

## Benutzen

\`\`\`sh

\`\`\`

## Mitentwickeln

Wie man es baut, wie man es prüft, wo man am besten zu lesen beginnt.

## Lizenz
`,
    },
    {
      id: "changelog",
      name: "Änderungsprotokoll",
      title: "CHANGELOG.md",
      text: `# Änderungen

Was man beim Benutzen merkt, die neueste Version zuerst.

## Unveröffentlicht

### Neu

-

### Geändert

-

### Behoben

-

## 0.1.0 (${day})

- Die erste Version.
`,
    },
    {
      id: "decision",
      name: "Entscheidungsprotokoll",
      title: "Entscheidung",
      text: `# Entscheidung:

- Datum: ${day}
- Stand: vorgeschlagen
- Wer entscheidet:

## Ausgangslage

Welche Kräfte wirken? Was geschähe, wenn nichts entschieden würde?

## Entscheidung

Was getan wird, in ganzen Sätzen: „Wir werden …“

## Alternativen

| Möglichkeit | dafür | dagegen |
| ----------- | ----- | ------- |
|             |       |         |

## Folgen

Was leichter wird, was schwerer, und wie es sich rückgängig machen ließe.
`,
    },
  ];
}
