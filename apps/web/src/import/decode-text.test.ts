import { expect, test } from "vitest";
import { decodeText } from "./decode-text";

const bytes = (...values: number[]) => Uint8Array.from(values);

test.each([
  ["UTF-8", new TextEncoder().encode("Grüße 😀"), "Grüße 😀"],
  ["UTF-8 with a mark", bytes(0xef, 0xbb, 0xbf, 0x61), "a"],
  ["UTF-16, little end first", bytes(0xff, 0xfe, 0x61, 0x00, 0xfc, 0x00), "aü"],
  ["UTF-16, big end first", bytes(0xfe, 0xff, 0x00, 0x61, 0x00, 0xfc), "aü"],
  ["nothing", bytes(), ""],
])("reads %s", (_encoding, file, text) => {
  expect(decodeText(file)).toBe(text);
});

test.each([
  ["a picture", bytes(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0x00, 0x00), "BINARY"],
  ["a PDF in ASCII", new TextEncoder().encode("%PDF-1.7\n1 0 obj"), "BINARY"],
  ["zeros behind a mark", bytes(0xff, 0xfe, 0x00, 0x00), "BINARY"],
  ["Latin-1", bytes(0x47, 0x72, 0xfc, 0xdf, 0x65), "ENCODING"],
  ["half a character", bytes(0x61, 0xe2, 0x82), "ENCODING"],
  ["UTF-16 of an odd length", bytes(0xff, 0xfe, 0x61), "ENCODING"],
])("refuses %s", (_what, file, code) => {
  expect(() => decodeText(file)).toThrow(expect.objectContaining({ name: "ImportError", code }));
});
