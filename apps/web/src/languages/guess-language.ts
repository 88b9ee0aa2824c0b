/** How much of a text is looked at, in UTF-16 code units. */
export const headLength = 512;

const interpreters = new Map(
  Object.entries({
    bash: "Shell",
    bun: "TypeScript",
    dash: "Shell",
    deno: "TypeScript",
    fish: "Shell",
    groovy: "Groovy",
    julia: "Julia",
    ksh: "Shell",
    lua: "Lua",
    node: "JavaScript",
    perl: "Perl",
    php: "PHP",
    pwsh: "PowerShell",
    python: "Python",
    Rscript: "R",
    ruby: "Ruby",
    sh: "Shell",
    tclsh: "Tcl",
    "ts-node": "TypeScript",
    zsh: "Shell",
  }),
);

/** What a text of each kind begins with, and hardly any prose does. */
const beginnings: readonly (readonly [RegExp, string])[] = [
  [/^<!doctype html|^<html[\s>]/i, "HTML"],
  [/^<\?php\b/, "PHP"],
  [/^<\?xml\s|^<svg[\s>]/, "XML"],
  // A bracket alone may be a link or a task of Markdown: what follows must be a value.
  [/^\{\s*"[^"\n]*"\s*:|^\{\s*\}\s*$|^\[\s*(?:[{"]|\[\s*[[{"\d])/, "JSON"],
  [/^\\documentclass\b/, "LaTeX"],
  [/^diff --git |^--- \S.*\n\+\+\+ /, "diff"],
  [/^package [a-z]\w*\s*\n/, "Go"],
  [/^#include\s*[<"]/, "C++"],
  [/^(?:#!\[|use std::|fn main\()/, "Rust"],
];

/** The name of the language that a text which begins with `head` is surely in. */
export function guessFromContent(head: string): string | undefined {
  const text = head.replace(/^\ufeff/, "").trimStart();
  return guessFromInterpreter(text) ?? beginnings.find(([beginning]) => beginning.test(text))?.[1];
}

function guessFromInterpreter(text: string): string | undefined {
  // `#!/usr/bin/env -S NAME=value node --flag` is a way to write `#!node --flag`.
  const line = text.replace(/^#!\s*\S*\/env\s+(?:-\S+\s+|\w+=\S*\s+)*/, "#!");
  const program = /^#!\s*(?:\S*\/)?([\w-]+)/.exec(line)?.[1];
  if (program === undefined) return undefined;
  return interpreters.get(program) ?? interpreters.get(/^[a-z]*/i.exec(program)?.[0] ?? "");
}
