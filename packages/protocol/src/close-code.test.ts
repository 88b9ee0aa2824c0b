import { expect, test } from "vitest";
import { CloseCode, isFinalClose } from "./close-code";
import { ProtocolError } from "./protocol-error";

test("tells clients to stay away after what reconnecting cannot mend, and to come back otherwise", () => {
  const final = Object.entries(CloseCode).filter(([, code]) => isFinalClose(code));
  expect(Object.fromEntries(final)).toEqual({
    malformed: 4400,
    notSignedIn: 4401,
    notAllowed: 4403,
    notFound: 4404,
    staleEpoch: 4409,
    deleted: 4410,
    tooLarge: 4413,
  });
});

test.each([
  [4399, false],
  [4400, true],
  [4499, true],
  [4500, false],
  [1000, false],
  [1006, false],
])("takes %i for final: %s", (code, final) => {
  expect(isFinalClose(code)).toBe(final);
});

test("closes with the code that each breach of the protocol calls for", () => {
  const closeCodeOf = (code: ProtocolError["code"]) => new ProtocolError(code, "a message").closeCode;
  expect([closeCodeOf("MALFORMED"), closeCodeOf("TOO_LARGE"), closeCodeOf("NOT_ALLOWED")]).toEqual([
    4400, 4413, 4403,
  ]);
});
