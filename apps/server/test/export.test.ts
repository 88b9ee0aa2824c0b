import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { jsonLines } from "./harness/cli-process";
import { ServerProcess, temporaryDirectory } from "./harness/server-process";

let directory: Awaited<ReturnType<typeof temporaryDirectory>>;
let server: ServerProcess;
let id: string;

beforeAll(async () => {
  directory = await temporaryDirectory();
  server = await ServerProcess.start(join(directory.path, "data"));
  id = await server.createDocument({ title: "Grün: (1/2)", text: "Written here" });
});

afterAll(async () => {
  await server.stop();
  await directory.remove();
});

test("a document is fetched as a text file, named after its title", async () => {
  const response = await get("");
  expect(response.headers.get("content-type")).toBe("text/plain; charset=utf-8");
  expect(response.headers.get("content-disposition")).toBe(
    "attachment; filename*=UTF-8''Gr%C3%BCn-%20%281-2%29.md",
  );
  expect(await response.text()).toBe("Written here");
  expect(await server.metric("scriptorium_documents_exported_total")).toBe(1);
});

test("a document is fetched with its history, and another instance imports it", async () => {
  const response = await get("?format=archive");
  expect(response.headers.get("content-type")).toBe("application/gzip");
  const archive = join(directory.path, "one.archive");
  await writeFile(archive, Buffer.from(await response.arrayBuffer()));
  const target = join(directory.path, "target");
  const [imported] = await jsonLines("import", "--archive", archive, "--data", target);
  expect(imported).toMatchObject({ added: 1 });
  const dump = async (data: string) => {
    const lines = await jsonLines<{ position: number; kind: string }>(
      ...["log", "dump", "--payload", "--data", data, "--document", id],
    );
    return lines.filter(({ kind }) => kind !== "imported").map(({ position: _, ...record }) => record);
  };
  expect(await dump(target)).toEqual(await dump(join(directory.path, "data")));
});

test.each([
  ["an unknown format", "?format=pdf", 400],
  ["a document that there is not", undefined, 404],
])("%s is refused", async (_title, query, status) => {
  const response =
    query === undefined
      ? await fetch(`${server.origin}/api/v1/documents/01M7YHTAQHCFT2R1MR778KHV42/export`)
      : await get(query);
  expect(response.status).toBe(status);
});

function get(query: string): Promise<Response> {
  return fetch(`${server.origin}/api/v1/documents/${id}/export${query}`);
}
