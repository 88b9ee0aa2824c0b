import { ensureDebianTool } from "./debian-tool.mjs";

/** The directory with `prometheus` and `promtool`. */
export function ensurePrometheus() {
  return ensureDebianTool({
    name: "prometheus",
    programs: ["prometheus", "promtool"],
    folder: "usr/bin",
    variable: "PROMETHEUS_BIN",
    purpose: "The tests of alerts and dashboard",
  });
}
