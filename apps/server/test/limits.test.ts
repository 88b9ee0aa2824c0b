import { CloseCode } from "@scriptorium/protocol";
import { afterEach, beforeEach, expect, test } from "vitest";
import { textOf } from "./harness/clients";
import { ServerProcess, temporaryDirectory } from "./harness/server-process";
import { WireClient, type WireClientOptions } from "./harness/wire-client";

let server: ServerProcess;
let directory: Awaited<ReturnType<typeof temporaryDirectory>>;

beforeEach(async () => {
  directory = await temporaryDirectory();
});

afterEach(async () => {
  expect(await server.stop()).toBe(0);
  await directory.remove();
});

/** @returns the ID of an empty document on a server with these limits */
async function serve(env: Record<string, string>): Promise<string> {
  server = await ServerProcess.start(directory.path, { env });
  return server.createDocument();
}

function join(documentId: string): Promise<WireClient> {
  return WireClient.join(server.socketUrl, documentId);
}

/** How a connection is answered: "in", or the close code. */
async function answerTo(documentId: string, options: WireClientOptions = {}): Promise<number | "in"> {
  const client = new WireClient(server.socketUrl, documentId, options);
  const isIn = client.until(() => client.joined !== undefined).then(() => "in" as const);
  // Whoever is turned away is told in `closed`.
  isIn.catch(() => {});
  return Promise.race([isIn, client.closed.then(({ code }) => code)]);
}

const closedWith = (code: number) => server.metric(`scriptorium_connections_closed_total{code="${code}"}`);

test("a client that sends too many messages is read more slowly, and loses nothing", async () => {
  const id = await serve({ SCRIPTORIUM_MESSAGES_PER_SECOND: "10" });
  const hasty = await join(id);
  const startedAt = performance.now();

  const type = (word: string) => hasty.edit((text) => text.insert(text.length, word));
  // What arrives together is taken together, and has to be made up for.
  for (let edit = 0; edit < 330; edit++) type(`${edit} `);
  await hasty.saved();
  for (const word of ["one ", "more ", "word"]) {
    type(word);
    await hasty.saved();
  }

  // Three hundred at once, the others at ten a second.
  expect(performance.now() - startedAt).toBeGreaterThan(2000);
  expect(await server.metric("scriptorium_connections_throttled_total")).toBeGreaterThan(0);
  expect(await server.text(id)).toBe(textOf(hasty.doc));
  expect(hasty.isOpen).toBe(true);
  hasty.vanish();
});

test("an address that opens connections too fast is told to come back later, and others are let in", async () => {
  const id = await serve({ SCRIPTORIUM_OPENINGS_PER_SECOND: "1", SCRIPTORIUM_TRUSTED_PROXIES: "1" });
  const from = (address: string) => answerTo(id, { headers: { "x-forwarded-for": address } });

  const answers = await Promise.all(Array.from({ length: 40 }, () => from("192.0.2.1")));
  const refused = answers.filter((answer) => answer === CloseCode.tooFast).length;

  expect(answers.filter((answer) => answer === "in")).toHaveLength(40 - refused);
  expect(refused).toBeGreaterThan(10);
  expect(refused).toBeLessThanOrEqual(20);
  expect(await closedWith(CloseCode.tooFast)).toBe(refused);
  expect(await from("192.0.2.2")).toBe("in");
  // What a client claims itself stands before what the proxy adds.
  expect(await from("192.0.2.3, 192.0.2.1")).toBe(CloseCode.tooFast);
});

test("an address in a header that no proxy of ours added is not believed", async () => {
  const id = await serve({ SCRIPTORIUM_OPENINGS_PER_SECOND: "1" });
  const from = (address: string) => answerTo(id, { headers: { "x-forwarded-for": address } });
  const answers = await Promise.all(Array.from({ length: 40 }, (_, index) => from(`192.0.2.${index}`)));
  expect(answers).toContain(CloseCode.tooFast);
});

test("no more connections come in than the server may have, and one that ends makes room", async () => {
  const id = await serve({ SCRIPTORIUM_CONNECTIONS_MAX: "3" });
  const other = await server.createDocument();
  const present = [await join(id), await join(id), await join(other)];

  const answers = await Promise.all([id, other, id].map((document) => answerTo(document)));

  expect(answers).toEqual(Array(3).fill(CloseCode.overloaded));
  expect(await closedWith(CloseCode.overloaded)).toBe(3);
  expect(await server.metric("scriptorium_connections")).toBe(3);
  present[0]?.vanish();
  await present[0]?.closed;
  while ((await server.metric("scriptorium_connections")) > 2) await present[1]?.settled();
  expect(await answerTo(other)).toBe("in");
});

test("no more come into one document than may, all at once or one by one, whoever is in others", async () => {
  const id = await serve({ SCRIPTORIUM_CONNECTIONS_PER_DOCUMENT_MAX: "2" });
  const other = await server.createDocument();

  const answers = await Promise.all(Array.from({ length: 6 }, () => answerTo(id)));

  expect(answers.filter((answer) => answer === "in")).toHaveLength(2);
  expect(answers.filter((answer) => answer === CloseCode.overloaded)).toHaveLength(4);
  expect(await closedWith(CloseCode.overloaded)).toBe(4);
  expect(await answerTo(other)).toBe("in");
});

test("a document that is full takes no insertion, but deletions", async () => {
  const id = await serve({ SCRIPTORIUM_DOCUMENT_BYTES_MAX: "65536" });
  const [ada, grace] = [await join(id), await join(id)];
  ada.edit((text) => text.insert(0, "x".repeat(70_000)));
  await ada.saved();
  await grace.until(() => textOf(grace.doc).length === 70_000);

  ada.edit((text) => text.insert(0, "y"));
  expect((await ada.closed).code).toBe(CloseCode.tooLarge);
  expect(await closedWith(CloseCode.tooLarge)).toBe(1);
  expect(await server.metric('scriptorium_messages_rejected_total{reason="too_large"}')).toBe(1);

  grace.edit((text) => text.delete(0, 60_000));
  await grace.saved();
  expect(await server.text(id)).toBe("x".repeat(10_000));
  grace.vanish();
});
