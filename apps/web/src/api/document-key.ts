/** Where the query cache keeps one document's metadata. */
export function documentKey(id: string): readonly [string, string] {
  return ["document", id];
}
