import type { Template } from "./template";

/** The templates in English. */
export function templates(day: string): readonly Template[] {
  return [
    {
      id: "meeting",
      name: "Meeting notes",
      title: `Meeting notes ${day}`,
      text: `# Meeting notes, ${day}

**Present:**

## Agenda

1.

## Notes

-

## Decisions

-

## Next steps

- [ ]
`,
    },
    {
      id: "readme",
      name: "README",
      title: "README.md",
      text: `# Project name

One sentence: what it does, and for whom.

## Install

\`\`\`sh

\`\`\`

## Use

\`\`\`sh

\`\`\`

## Develop

How to build it, how to test it, where to begin reading.

## License
`,
    },
    {
      id: "changelog",
      name: "Changelog",
      title: "CHANGELOG.md",
      text: `# Changelog

What users notice, the newest release first.

## Unreleased

### Added

-

### Changed

-

### Fixed

-

## 0.1.0 (${day})

- The first version.
`,
    },
    {
      id: "decision",
      name: "Decision record",
      title: "Decision record",
      text: `# Decision:

- Date: ${day}
- State: proposed
- Who decides:

## Context

What forces are at play? What would happen if nothing were decided?

## Decision

What is done, in full sentences: "We will …"

## Alternatives

| option | for | against |
| ------ | --- | ------- |
|        |     |         |

## Consequences

What becomes easier, what becomes harder, and how it could be undone.
`,
    },
  ];
}
