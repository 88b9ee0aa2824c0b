/** Something wrong with a file, and what an operator can do. */
export interface Problem {
  /** Path of the file. */
  readonly file: string;
  /** Bytes from its start, where that is known. */
  readonly offset: number | undefined;
  readonly what: string;
  readonly hint: string | undefined;
}

/** A problem in one line, or two. */
export function drawProblem({ file, offset, what, hint }: Problem): string {
  const where = offset === undefined ? file : `${file}, byte ${offset}`;
  return `${where}: ${what}\n${hint === undefined ? "" : `  ${hint}\n`}`;
}

export function problemToJson({ file, offset, what, hint }: Problem) {
  return { file, offset: offset ?? null, what, hint: hint ?? null };
}
