export { type AwarenessEntry, readAwarenessUpdate, writeAwarenessUpdate } from "./awareness-update";
export { type ClientMessage, readClientMessage } from "./client-message";
export { CloseCode, isFinalClose } from "./close-code";
export { type Access, type DocumentEvent, decodeEventJson } from "./document-event";
export { type Durable, readDurable } from "./durable";
export { MessageType, protocolVersion, SyncType } from "./message-type";
export { ProtocolError } from "./protocol-error";
export {
  durableBytes,
  emptyUpdate,
  encodeAwareness,
  encodeDurable,
  encodeEvent,
  encodeStep1,
  encodeStep2,
  encodeUpdate,
  updateHeadBytes,
  writeDurable,
  writeUpdateHead,
} from "./server-message";
export { distinctTags, faultOfTag, type TagFault, tagKey, tagLengthMax, tagsMax, trimTag } from "./tag";
