import { Refusal } from "../../../files/refusal";

/** What a changeset does at a place of the text. Lengths are UTF-16 units. */
export type Operation =
  | { readonly type: "keep"; readonly length: number }
  | { readonly type: "delete"; readonly length: number }
  | { readonly type: "insert"; readonly text: string };

export interface Changeset {
  readonly lengthBefore: number;
  readonly lengthAfter: number;
  /** In the order of the text. What they do not reach is kept. */
  readonly operations: readonly Operation[];
}

/*
 * Z : length before, in base 36
 * > or < : by how much it grows or shrinks, in base 36
 * any number of operations:
 *   *a     any number of attributes, numbers in the pad's pool: formatting, which a text has none of
 *   |l     how many line ends there are in what follows, if any
 *   + - =  insert, delete, keep: so many characters, in base 36
 * $ : the characters that are inserted, all together
 */
const whole = /^Z:([0-9a-z]+)([<>])([0-9a-z]+)((?:[*|+=-][0-9a-z]+)*)\$([\s\S]*)$/;
const operation = /((?:\*[0-9a-z]+)*)(?:\|([0-9a-z]+))?([+=-])([0-9a-z]+)/y;

/**
 * Reads a changeset of Etherpad, as its documentation describes the format.
 *
 * @throws {Refusal} it is none, or contradicts itself
 */
export function parseChangeset(text: string): Changeset {
  const [, before = "", sign, change = "", operations = "", characters = ""] =
    whole.exec(text) ?? malformed();
  const lengthBefore = number(before);
  const lengthAfter = lengthBefore + (sign === "<" ? -number(change) : number(change));
  const parsed = parseOperations(operations, characters);
  const reached = sum(parsed, "keep") + sum(parsed, "delete");
  const grown = sum(parsed, "insert") - sum(parsed, "delete");
  if (reached > lengthBefore || lengthBefore + grown !== lengthAfter) malformed();
  return { lengthBefore, lengthAfter, operations: parsed };
}

function parseOperations(text: string, characters: string): Operation[] {
  const operations: Operation[] = [];
  let taken = 0;
  operation.lastIndex = 0;
  while (operation.lastIndex < text.length) {
    const [, , lines, sign, digits = ""] = operation.exec(text) ?? malformed();
    const length = number(digits);
    if (sign !== "+") {
      operations.push({ type: sign === "=" ? "keep" : "delete", length });
      continue;
    }
    const inserted = characters.slice(taken, taken + length);
    if (inserted.length < length || lineEnds(inserted) !== number(lines ?? "0")) malformed();
    operations.push({ type: "insert", text: inserted });
    taken += length;
  }
  if (taken !== characters.length) malformed();
  return operations;
}

/**
 * The text that a changeset makes of another.
 *
 * @throws {Refusal} it is a change of something else
 */
export function applyChangeset(text: string, { lengthBefore, operations }: Changeset): string {
  if (text.length !== lengthBefore) malformed();
  let result = "";
  let at = 0;
  for (const step of operations) {
    if (step.type === "insert") {
      result += step.text;
      continue;
    }
    if (step.type === "keep") result += text.slice(at, at + step.length);
    at += step.length;
  }
  return result + text.slice(at);
}

function sum(operations: readonly Operation[], type: Operation["type"]): number {
  return operations
    .filter((step) => step.type === type)
    .reduce((total, step) => total + (step.type === "insert" ? step.text.length : step.length), 0);
}

function lineEnds(text: string): number {
  return text.split("\n").length - 1;
}

function number(digits: string): number {
  const value = Number.parseInt(digits, 36);
  return Number.isSafeInteger(value) ? value : malformed();
}

function malformed(): never {
  throw new Refusal("has a changeset that cannot be understood, or does not fit the text");
}
