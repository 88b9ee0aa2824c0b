export type { DocumentEvent } from "@scriptorium/protocol";
export type { ConnectionStatus } from "./connection-status";
export type { Permission } from "./permission";
export { type ProviderOptions, ScriptoriumProvider } from "./provider";
export type { ResumePoint } from "./resume-point";
