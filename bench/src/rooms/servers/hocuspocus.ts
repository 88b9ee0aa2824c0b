import { join } from "node:path";
import { hocuspocusDialect } from "../wire/dialect";
import { ChildServer, portOfJson } from "./child-server";
import type { ServerKind } from "./server-kind";

export const hocuspocus: ServerKind = {
  name: "hocuspocus",
  title: "Hocuspocus",
  dialect: hocuspocusDialect,
  start: (directory) =>
    ChildServer.start("hocuspocus.mjs", { args: [join(directory, "documents.sqlite")], portOf: portOfJson }),
};
