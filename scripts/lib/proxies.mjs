import { ensureDebianTool } from "./debian-tool.mjs";

const purpose = "The tests of reverse proxies";

/** The directory with `nginx`. */
export function ensureNginx() {
  return ensureDebianTool({
    ...{ name: "nginx", programs: ["nginx"], folder: "usr/sbin" },
    variable: "NGINX_BIN",
    purpose,
  });
}

/** The directory with `caddy`. */
export function ensureCaddy() {
  return ensureDebianTool({
    ...{ name: "caddy", programs: ["caddy"], folder: "usr/bin" },
    variable: "CADDY_BIN",
    purpose,
  });
}
