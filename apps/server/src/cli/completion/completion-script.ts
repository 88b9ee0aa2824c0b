import type { Command } from "../command";

export const shells = ["bash", "zsh", "fish"] as const;

export type Shell = (typeof shells)[number];

export function isShell(text: string): text is Shell {
  return shells.some((shell) => shell === text);
}

/** What a shell reads to complete the command line. */
export function completionScript(shell: Shell, commands: readonly Command[]): string {
  switch (shell) {
    case "bash":
      return bash(commands);
    case "zsh":
      return `#compdef scriptorium\nautoload -U bashcompinit && bashcompinit\n${bash(commands)}`;
    case "fish":
      return fish(commands);
  }
}

/** What may come next, by the words so far; `""` is for none. */
function nextWords(commands: readonly Command[]): ReadonlyMap<string, ReadonlySet<string>> {
  const next = new Map<string, Set<string>>();
  const add = (words: string, word: string) => {
    next.set(words, (next.get(words) ?? new Set()).add(word));
  };
  for (const { name } of commands) {
    const words = name.split(" ");
    for (const [index, word] of words.entries()) add(words.slice(0, index).join(" "), word);
  }
  for (const word of ["help", "--help", "--version"]) add("", word);
  return next;
}

function optionsOf({ options }: Command): string[] {
  return [...Object.keys(options), "help"].map((name) => `--${name}`);
}

function bash(commands: readonly Command[]): string {
  const words = [...nextWords(commands)].map(
    ([before, after]) => `    "${before}") next="${[...after].join(" ")}" ;;`,
  );
  const options = commands.map(
    (command) => `    "${command.name}") options="${optionsOf(command).join(" ")}" ;;`,
  );
  const names = commands.map(({ name }) => `"${name}"`).join("|");
  return `# Completion for scriptorium. In bash: source <(scriptorium completion bash)
_scriptorium() {
  local current="\${COMP_WORDS[COMP_CWORD]}" words="" command="" next="" options="" index
  COMPREPLY=()
  for ((index = 1; index < COMP_CWORD; index++)); do
    case "\${COMP_WORDS[index]}" in -*) break ;; esac
    if [[ $index -eq 1 && "\${COMP_WORDS[index]}" == help ]]; then continue; fi
    words="\${words:+$words }\${COMP_WORDS[index]}"
    case "$words" in ${names}) command="$words" ;; esac
  done
  case "$words" in
${words.join("\n")}
  esac
  case "$command" in
${options.join("\n")}
  esac
  if [[ "$current" == -* && -n "$options" ]]; then
    COMPREPLY=($(compgen -W "$options" -- "$current"))
  elif [[ -n "$next" ]]; then
    COMPREPLY=($(compgen -W "$next" -- "$current"))
  elif [[ -n "$command" ]]; then
    COMPREPLY=($(compgen -f -- "$current"))
  fi
}
complete -o filenames -F _scriptorium scriptorium
`;
}

function fish(commands: readonly Command[]): string {
  const lines = commands.flatMap((command) => {
    const words = command.name.split(" ");
    const [first = "", second] = words;
    const chosen = words.map((word) => `__fish_seen_subcommand_from ${word}`).join("; and ");
    const summary = quote(command.summary);
    return [
      second === undefined
        ? `complete -c scriptorium -n __fish_use_subcommand -f -a ${first} -d ${summary}`
        : `complete -c scriptorium -n '__fish_seen_subcommand_from ${first}; and not __fish_seen_subcommand_from ${second}' -f -a ${second} -d ${summary}`,
      ...Object.entries(command.options).map(
        ([name, { value, help }]) =>
          `complete -c scriptorium -n '${chosen}' -l ${name}${value === undefined ? "" : " -r"} -d ${quote(help)}`,
      ),
    ];
  });
  const groups = new Set(
    commands.flatMap(({ name }) => (name.includes(" ") ? (name.split(" ")[0] ?? []) : [])),
  );
  const offered = [...groups]
    .filter((group) => !commands.some(({ name }) => name === group))
    .map((group) => `complete -c scriptorium -n __fish_use_subcommand -f -a ${group}`);
  return `# Completion for scriptorium: ~/.config/fish/completions/scriptorium.fish
complete -c scriptorium -n __fish_use_subcommand -f -a help -d 'what a command does, and its options'
${[...offered, ...lines].join("\n")}
complete -c scriptorium -l help -d 'what a command does, and its options'
`;
}

function quote(text: string): string {
  return `'${text.replaceAll("'", "\\'")}'`;
}
