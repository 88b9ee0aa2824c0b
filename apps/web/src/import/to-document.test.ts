// @vitest-environment jsdom
import { expect, test } from "vitest";
import { isZip, toDocument } from "./to-document";

const encode = (text: string) => new TextEncoder().encode(text);

test.each([
  ["notes/Plan.md", "# Plan", { title: "Plan", language: "Markdown", text: "# Plan" }],
  ["list.TXT", "milk", { title: "list", language: "Plain Text", text: "milk" }],
  ["src\\main.rs", "fn main() {}", { title: "main.rs", language: "Rust", text: "fn main() {}" }],
  ["Dockerfile", "FROM x", { title: "Dockerfile", language: "Dockerfile", text: "FROM x" }],
  ["data.unknown", "x", { title: "data.unknown", language: undefined, text: "x" }],
  [`${"x".repeat(300)}.md`, "", { title: "x".repeat(200), language: "Markdown", text: "" }],
  ["a\u0000b\n.md", "", { title: "a b", language: "Markdown", text: "" }],
])("makes of %j a document", async (name, text, document) => {
  expect(await toDocument(name, encode(text))).toEqual(document);
});

test("makes Markdown of HTML, named as the page is, without what it would run", async () => {
  const page =
    "<!doctype html><title>A  page</title><script>alert(1)</script><h1>Hello</h1><p onclick=x>A <b>word</b>";
  expect(await toDocument("page.html", encode(page))).toEqual({
    title: "A page",
    language: "Markdown",
    text: "# Hello\n\nA **word**",
  });
  expect((await toDocument("page.htm", encode("<p>x"))).title).toBe("page");
});

test("knows an archive by its name or its first bytes", () => {
  expect([isZip("a.ZIP", encode("")), isZip("a", encode("PK\x03\x04")), isZip("a.md", encode("PK"))]).toEqual(
    [true, true, false],
  );
});
