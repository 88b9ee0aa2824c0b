import { afterEach, expect, test, vi } from "vitest";
import { speak, strings } from "../ui/strings";
import { catalogue as german } from "../ui/strings/de";
import { catalogue as english } from "../ui/strings/en";
import { documentPageSchema } from "./document-page";
import { documentSummarySchema } from "./document-summary";
import { request } from "./request";

const summary = {
  id: "01JD0000000000000000000000",
  title: "Notes",
  createdAt: "2025-01-01T10:00:00.000Z",
  updatedAt: "2025-01-01T11:00:00.000Z",
  tags: ["draft"],
  editors: 2,
};

function answer(status: number, body: unknown): void {
  const text = typeof body === "string" ? body : JSON.stringify(body);
  vi.stubGlobal("fetch", async () => new Response(text, { status }));
}

afterEach(() => {
  vi.unstubAllGlobals();
  speak(english);
});

test("gives a valid answer", async () => {
  answer(200, { documents: [summary], nextCursor: null });
  await expect(request("/documents", documentPageSchema)).resolves.toEqual({
    documents: [summary],
    nextCursor: null,
  });
});

test.each([
  ["a missing field", { ...summary, title: undefined }],
  ["a time that is none", { ...summary, updatedAt: "yesterday" }],
  ["a negative count", { ...summary, editors: -1 }],
  ["no JSON", "<html>"],
])("refuses an answer with %s", async (_what, body) => {
  answer(200, body);
  await expect(request("/documents/x", documentSummarySchema)).rejects.toMatchObject({
    code: "INVALID_RESPONSE",
  });
});

test("says in the language of the page what a status means", async () => {
  answer(410, { title: "Gone", detail: "What the server says." });
  await expect(request("/documents", documentSummarySchema)).rejects.toMatchObject({
    code: "REFUSED",
    message: strings.errors.statuses[410],
  });
  answer(418, "<html>");
  await expect(request("/documents", documentSummarySchema)).rejects.toMatchObject({
    code: "REFUSED",
    message: strings.errors.refused(418),
  });
});

test("says in the language of the page what the server has a word for, and which fields it is about", async () => {
  const problem = { title: "Bad Request", detail: "title: Too big", code: "INVALID_REQUEST" };
  speak(german);
  answer(400, { ...problem, fields: ["title", "tags.0", "tags.3", "colour"] });
  await expect(request("/documents", documentSummarySchema)).rejects.toMatchObject({
    message: "Der Server nimmt das so nicht an. Es geht um: Titel, Schlagwörter.",
  });
  answer(400, problem);
  await expect(request("/documents", documentSummarySchema)).rejects.toMatchObject({
    message: "Der Server nimmt das so nicht an.",
  });
  speak(english);
  answer(400, problem);
  await expect(request("/documents", documentSummarySchema)).rejects.toMatchObject({
    message: english.errors.codes.INVALID_REQUEST,
  });
});

test("tells what the problem details say of any other refusal", async () => {
  answer(422, { title: "Unprocessable", detail: "The title is too long." });
  await expect(request("/documents", documentSummarySchema)).rejects.toMatchObject({
    code: "REFUSED",
    message: "The title is too long.",
  });
});

test("tells an unknown document from a server that is down", async () => {
  answer(404, { title: "Not found" });
  await expect(request("/documents/x", documentSummarySchema)).rejects.toMatchObject({ code: "NOT_FOUND" });
  answer(502, "Bad gateway");
  await expect(request("/documents/x", documentSummarySchema)).rejects.toMatchObject({ code: "UNREACHABLE" });
  vi.stubGlobal("fetch", async () => {
    throw new TypeError("Failed to fetch");
  });
  await expect(request("/documents/x", documentSummarySchema)).rejects.toMatchObject({ code: "UNREACHABLE" });
});

test("brings the operator's token, and tells when another one is needed", async () => {
  const asked: RequestInit[] = [];
  vi.stubGlobal("fetch", async (_url: string, init: RequestInit) => {
    asked.push(init);
    return new Response(JSON.stringify({ code: "OPERATOR_ONLY" }), { status: 401 });
  });
  const asking = request("/status", documentSummarySchema, { token: "a token" });
  await expect(asking).rejects.toMatchObject({ code: "NO_TOKEN" });
  expect(asked[0]?.headers).toMatchObject({ authorization: "Bearer a token" });
});
