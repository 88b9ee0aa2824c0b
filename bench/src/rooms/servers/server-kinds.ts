import { broadcast } from "./broadcast";
import { hocuspocus } from "./hocuspocus";
import { ours } from "./ours";
import type { ServerKind, ServerName } from "./server-kind";
import { yWebsocketServer } from "./y-websocket-server";

export const serverKinds: Readonly<Record<ServerName, ServerKind>> = {
  ours,
  ywss: yWebsocketServer,
  hocuspocus,
  ws: broadcast,
};
