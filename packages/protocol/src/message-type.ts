/** First varUint of every message. 0–3 are y-websocket's; 100 and 101 are sent only to clients that connect with `v=1`. */
export const MessageType = {
  sync: 0,
  awareness: 1,
  auth: 2,
  queryAwareness: 3,
  durable: 100,
  event: 101,
} as const;

/** Second varUint of a sync message, as y-protocols numbers them. */
export const SyncType = {
  step1: 0,
  step2: 1,
  update: 2,
} as const;

/** Value of the query parameter `v` with which a client opts in to messages 100 and 101. */
export const protocolVersion = "1";
