export type { DocumentEvent } from "@scriptorium/protocol";
export type { ConnectionStatus } from "./connection-status";
export { type ProviderOptions, ScriptoriumProvider } from "./provider";
