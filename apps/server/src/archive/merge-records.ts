import type { RecordInput } from "@scriptorium/log";

/**
 * Two sequences of records, each in the order of its revisions, as one. What belongs to one document comes from one of them, or
 * keeps its order; of equal revisions those of `first` come first.
 */
export async function* mergeRecords<Item extends Pick<RecordInput, "revision">>(
  first: AsyncIterable<Item>,
  second: AsyncIterable<Item>,
): AsyncGenerator<Item, void, undefined> {
  const others = second[Symbol.asyncIterator]();
  try {
    let other = await others.next();
    for await (const record of first) {
      while (!other.done && other.value.revision < record.revision) {
        yield other.value;
        other = await others.next();
      }
      yield record;
    }
    while (!other.done) {
      yield other.value;
      other = await others.next();
    }
  } finally {
    await others.return?.();
  }
}
