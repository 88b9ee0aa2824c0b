import { broadcastDialect } from "../wire/dialect";
import { ChildServer, portOfJson } from "./child-server";
import type { ServerKind } from "./server-kind";

/** `ws` that passes messages on, without any CRDT: what the library and the machine allow at most. */
export const broadcast: ServerKind = {
  name: "ws",
  title: "bare ws",
  dialect: broadcastDialect,
  start: () => ChildServer.start("broadcast.mjs", { portOf: portOfJson }),
};
