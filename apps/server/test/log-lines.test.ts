import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { ownClient, reached } from "./harness/clients";
import { ServerProcess, temporaryDirectory } from "./harness/server-process";

const ulid = /^[0-9A-HJKMNP-TV-Z]{26}$/;

let directory: Awaited<ReturnType<typeof temporaryDirectory>>;
let server: ServerProcess;

beforeEach(async () => {
  directory = await temporaryDirectory();
  server = await ServerProcess.start(directory.path, { env: { SCRIPTORIUM_LOG_LEVEL: "debug" } });
});

afterEach(async () => {
  await server.stop();
  await directory.remove();
});

describe("the log of events", () => {
  it("names request, connection, document and revision, and neither text nor title nor person", async () => {
    const id = await server.createDocument({ title: "a secret title", text: "a secret text" });
    const found = await fetch(`${server.origin}/api/v1/documents?query=secret`, {
      headers: { "x-request-id": "proxy-1" },
    });
    expect(found.headers.get("x-request-id")).toBe("proxy-1");
    const answer = await fetch(`${server.origin}/api/v1/documents/${id}`, {
      headers: { "x-request-id": "not one {}" },
    });
    expect(answer.headers.get("x-request-id")).toMatch(ulid);
    const ada = ownClient(server.socketUrl, id);
    ada.awareness.setLocalStateField("user", { id: "x", name: "Ada the secret", color: "#000000" });
    await reached(ada, "saved");
    ada.doc.getText("content").insert(0, "another secret");
    await reached(ada, "saved");
    ada.destroy();
    await server.stop();
    const lines = server.output.filter((line) => line.startsWith("{")).map((line) => JSON.parse(line));
    const of = (msg: string) => lines.filter((line) => line.msg === msg);
    expect(of("request")).toContainEqual(
      expect.objectContaining({ request: "proxy-1", route: "/api/v1/documents", status: 200 }),
    );
    const [connected] = of("connected");
    const [disconnected] = of("disconnected");
    expect(connected).toMatchObject({ connection: expect.stringMatching(ulid), document: id });
    expect(disconnected).toMatchObject({ connection: connected.connection, document: id });
    expect(BigInt(disconnected.revision)).toBeGreaterThan(BigInt(connected.revision));
    expect(server.output.join("\n")).not.toContain("secret");
  });
});
