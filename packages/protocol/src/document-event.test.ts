import fc from "fast-check";
import { expect, test } from "vitest";
import { decodeEventJson, encodeEventJson } from "./document-event";

test("reads back every event it wrote", () => {
  const event = fc.oneof(
    fc.record({ type: fc.constant("title" as const), title: fc.string({ unit: "grapheme" }) }),
    fc.constant({ type: "draining" } as const),
  );
  fc.assert(
    fc.property(event, (written) => {
      expect(decodeEventJson(encodeEventJson(written))).toEqual(written);
    }),
  );
});

test("keeps only what it knows of an event that a later version has extended", () => {
  expect(decodeEventJson('{"type":"title","title":"Notes","by":"Ada"}')).toEqual({
    type: "title",
    title: "Notes",
  });
});

test.each([
  ["a type of a later version", '{"type":"versionNamed","name":"v1"}'],
  ["a title that is no text", '{"type":"title","title":1}'],
  ["a title event without a title", '{"type":"title"}'],
  ["JSON without a type", '{"title":"Notes"}'],
  ["JSON that is no object", '"draining"'],
  ["null", "null"],
  ["what is no JSON", '{"type":'],
])("ignores %s", (_what, json) => {
  expect(decodeEventJson(json)).toBeUndefined();
});
