import { CloseCode } from "@scriptorium/protocol";
import { afterAll, beforeAll, expect, test } from "vitest";
import { ownClient, reached, textOf } from "./harness/clients";
import { ServerProcess, temporaryDirectory } from "./harness/server-process";

let directory: Awaited<ReturnType<typeof temporaryDirectory>>;
let server: ServerProcess;

beforeAll(async () => {
  directory = await temporaryDirectory();
  server = await ServerProcess.start(directory.path);
});

afterAll(async () => {
  await server.stop();
  await directory.remove();
});

async function call(
  method: string,
  path: string,
  change?: object,
): Promise<{ status: number; body: Record<string, unknown> }> {
  const response = await fetch(`${server.origin}/api/v1/documents${path}`, {
    method,
    ...(change && { headers: { "content-type": "application/json" }, body: JSON.stringify(change) }),
  });
  return { status: response.status, body: (await response.json()) as Record<string, unknown> };
}

async function listed(query = ""): Promise<unknown[]> {
  const { body } = await call("GET", query);
  return (body.documents as { id: string }[]).map(({ id }) => id);
}

test("a deleted document leaves the list and everybody in it, and comes back whole, also after a restart", async () => {
  const id = await server.createDocument({ title: "Draft", text: "Once" });
  const ada = ownClient(server.socketUrl, id);
  await reached(ada, "saved");

  const deleted = await call("DELETE", `/${id}`);

  expect(deleted).toMatchObject({ status: 200, body: { id, deletedAt: expect.any(String) } });
  expect(await reached(ada, "closed")).toMatchObject({ code: CloseCode.deleted });
  expect([await listed(), await listed("?deleted=true")]).toEqual([[], [id]]);
  expect((await call("GET", `/${id}/text`)).status).toBe(410);
  expect((await call("PATCH", `/${id}`, { title: "Other" })).status).toBe(410);
  // What was deleted stays deleted, however often.
  expect((await call("DELETE", `/${id}`)).body.deletedAt).toBe(deleted.body.deletedAt);

  await server.stop("SIGKILL");
  server = await ServerProcess.start(directory.path);
  expect(await listed("?deleted=true")).toEqual([id]);
  const late = ownClient(server.socketUrl, id);
  expect(await reached(late, "closed")).toMatchObject({ code: CloseCode.deleted });

  expect(await call("POST", `/${id}/restore`)).toMatchObject({ status: 200, body: { deletedAt: null } });
  late.connect();
  await reached(late, "saved");
  expect(textOf(late.doc)).toBe("Once");
  expect(await server.text(id)).toBe("Once");
  expect([await listed(), await listed("?deleted=true")]).toEqual([[id], []]);
  for (const client of [ada, late]) client.destroy();
});

test("deleting and restoring what is not there is answered with 404", async () => {
  const unknown = "/01ARZ3NDEKTSV4RRFFQ69G5FAV";
  expect([(await call("DELETE", unknown)).status, (await call("POST", `${unknown}/restore`)).status]).toEqual(
    [404, 404],
  );
});
