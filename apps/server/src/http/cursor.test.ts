import fc from "fast-check";
import { expect, test } from "vitest";
import { decodeCursor, encodeCursor } from "./cursor";

const id = fc
  .array(fc.constantFrom(..."0123456789ABCDEFGHJKMNPQRSTVWXYZ"), { minLength: 26, maxLength: 26 })
  .map((characters) => characters.join(""));
const tier = fc.constantFrom(0 as const, 1 as const);

test("reads back every cursor it gave out, safe in a URL", () => {
  fc.assert(
    fc.property(fc.nat({ max: 8_640_000_000_000_000 }), tier, id, (key, tier, id) => {
      const cursor = encodeCursor("updated", { tier, key, id });
      expect(cursor).toMatch(/^[\w-]+$/);
      expect(decodeCursor("updated", cursor)).toEqual({ tier, key, id });
    }),
  );
  fc.assert(
    fc.property(fc.string({ unit: "grapheme" }), tier, id, (key, tier, id) => {
      expect(decodeCursor("title", encodeCursor("title", { tier, key, id }))).toEqual({ tier, key, id });
    }),
  );
});

const encoded = (value: unknown) => Buffer.from(JSON.stringify(value)).toString("base64url");
const someId = "01HZY0000000000000000000AB";

test.each([
  ["nothing", ""],
  ["what is no base64url", "%%%"],
  ["what is no JSON", Buffer.from("[").toString("base64url")],
  ["the cursor of a list in another order", encoded(["title", 0, "notes", someId])],
  ["an unknown order", encoded(["size", 0, 5, someId])],
  ["a title for a time", encoded(["updated", 0, "notes", someId])],
  ["a negative time", encoded(["updated", 0, -5, someId])],
  ["an unknown tier", encoded(["updated", 2, 5, someId])],
  ["an ID that is too long", encoded(["updated", 0, 5, `${someId}C`])],
  ["more after the ID", encoded(["updated", 0, 5, `${someId}\n`])],
])("answers %s with 400", (_what, cursor) => {
  expect(() => decodeCursor("updated", cursor)).toThrow(
    expect.objectContaining({ name: "Problem", status: 400 }),
  );
});

test("answers arbitrary text with a cursor or with 400, nothing else", () => {
  fc.assert(
    fc.property(fc.string(), (text) => {
      try {
        expect(decodeCursor("updated", text).id).toHaveLength(26);
      } catch (error) {
        expect(error).toMatchObject({ name: "Problem", status: 400 });
      }
    }),
  );
});
