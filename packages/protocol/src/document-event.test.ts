import fc from "fast-check";
import { expect, test } from "vitest";
import { decodeEventJson, encodeEventJson } from "./document-event";

test("reads back every event it wrote", () => {
  const event = fc.oneof(
    fc.record({ type: fc.constant("title" as const), title: fc.string({ unit: "grapheme" }) }),
    fc.record({
      type: fc.constant("joined" as const),
      epoch: fc.string({ minLength: 1 }),
      resumed: fc.boolean(),
    }),
    fc.record(
      {
        type: fc.constant("permission" as const),
        access: fc.constantFrom("read" as const, "write" as const),
        reason: fc.string({ unit: "grapheme" }),
        code: fc.string(),
      },
      { requiredKeys: ["type", "access"] },
    ),
    fc.record({ type: fc.constant("tags" as const), tags: fc.array(fc.string({ unit: "grapheme" })) }),
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

test("writes only what it knows of an event", () => {
  const extended = { type: "joined", epoch: "01HZY0000000000000000000AB", resumed: true, secret: 1 } as const;
  expect(encodeEventJson(extended)).toBe(
    '{"type":"joined","epoch":"01HZY0000000000000000000AB","resumed":true}',
  );
});

test("takes a connection for resumed only if the server says so in as many words", () => {
  for (const resumed of ["", ',"resumed":1', ',"resumed":"true"', ',"resumed":false']) {
    expect(decodeEventJson(`{"type":"joined","epoch":"E"${resumed}}`)).toEqual({
      type: "joined",
      epoch: "E",
      resumed: false,
    });
  }
});

test("takes a reason that is no text for none", () => {
  expect(decodeEventJson('{"type":"permission","access":"read","reason":7,"code":null}')).toEqual({
    type: "permission",
    access: "read",
  });
});

test.each([
  ["joined without an epoch", '{"type":"joined","resumed":true}'],
  ["joined with an empty epoch", '{"type":"joined","epoch":"","resumed":true}'],
  ["an access of a later version", '{"type":"permission","access":"comment"}'],
  ["a type of a later version", '{"type":"versionNamed","name":"v1"}'],
  ["a title that is no text", '{"type":"title","title":1}'],
  ["a title event without a title", '{"type":"title"}'],
  ["tags that are no list", '{"type":"tags","tags":"draft"}'],
  ["a tag that is no text", '{"type":"tags","tags":["draft",1]}'],
  ["JSON without a type", '{"title":"Notes"}'],
  ["JSON that is no object", '"draining"'],
  ["null", "null"],
  ["what is no JSON", '{"type":'],
])("ignores %s", (_what, json) => {
  expect(decodeEventJson(json)).toBeUndefined();
});
