import { createServer } from "node:net";
import { yWebsocketDialect } from "../wire/dialect";
import { ChildServer } from "./child-server";
import type { ServerKind } from "./server-kind";

/** By its own command. It keeps documents in memory only. */
export const yWebsocketServer: ServerKind = {
  name: "ywss",
  title: "y-ws-server",
  dialect: yWebsocketDialect,
  async start() {
    const port = await freePort();
    return ChildServer.start("node_modules/@y/websocket-server/src/server.js", {
      env: { HOST: "127.0.0.1", PORT: String(port) },
      portOf: (line) => (line.startsWith("running at") ? port : undefined),
    });
  },
};

/** Its command says nothing of the port that the system chose, so one is chosen for it. */
function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      server.close(() => {
        if (address === null || typeof address === "string") reject(new Error("there is no free port"));
        else resolve(address.port);
      });
    });
  });
}
