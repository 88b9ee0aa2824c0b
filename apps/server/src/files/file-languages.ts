/**
 * Languages, as the editor calls them, and the endings of their files: the first is the one that an export gives. What is not here
 * is a text like any other.
 */
const endings: readonly (readonly [string, ...string[]])[] = [
  ["Markdown", "md", "markdown", "mkd"],
  ["Plain Text", "txt", "text", "log"],
  ["C", "c", "h"],
  ["C++", "cpp", "cc", "cxx", "hpp", "hh"],
  ["C#", "cs"],
  ["CSS", "css"],
  ["Clojure", "clj"],
  ["Dart", "dart"],
  ["diff", "diff", "patch"],
  ["Erlang", "erl"],
  ["Go", "go"],
  ["Groovy", "groovy", "gradle"],
  ["HTML", "html", "htm"],
  ["Haskell", "hs"],
  ["JSON", "json"],
  ["JSX", "jsx"],
  ["Java", "java"],
  ["JavaScript", "js", "mjs", "cjs"],
  ["Kotlin", "kt", "kts"],
  ["LaTeX", "tex", "ltx"],
  ["Less", "less"],
  ["Lua", "lua"],
  ["PHP", "php"],
  ["Perl", "pl", "pm"],
  ["PowerShell", "ps1"],
  ["Properties files", "properties", "ini"],
  ["Python", "py"],
  ["R", "r"],
  ["Ruby", "rb"],
  ["Rust", "rs"],
  ["SCSS", "scss"],
  ["SQL", "sql"],
  ["Sass", "sass"],
  ["Scala", "scala"],
  ["Shell", "sh", "bash"],
  ["Swift", "swift"],
  ["TOML", "toml"],
  ["TSX", "tsx"],
  ["TypeScript", "ts", "mts", "cts"],
  ["Vue", "vue"],
  ["XML", "xml", "xsl", "svg"],
  ["YAML", "yaml", "yml"],
];

const byEnding = new Map(
  endings.flatMap(([language, ...known]) => known.map((ending) => [ending, language])),
);
const byLanguage = new Map(endings.map(([language, ending]) => [language, ending]));

/** The language of a file by its name; undefined if the ending tells none. */
export function languageOfFile(name: string): string | undefined {
  return byEnding.get(endingOf(name));
}

/** What the file of a document ends with, without the dot. Most are Markdown where nobody has said anything. */
export function endingOfLanguage(language: string | null): string {
  return language === null ? "md" : (byLanguage.get(language) ?? "txt");
}

/** What is behind the last dot of a name, in lower case; empty without one. */
export function endingOf(name: string): string {
  return /[^.]\.([^.]+)$/.exec(name)?.[1]?.toLowerCase() ?? "";
}
