import { z } from "zod";

/** What the server has at its root: a proxy that takes the path away would leave addresses that could mean either. */
const taken = ["api", "assets", "d", "debug", "healthz", "ids", "metrics", "readyz", "status", "ws"];

/** Of an address in a page, nothing but names and slashes. */
const path = /^\/([\w.~-]+\/)*$/;

/** The address under which people reach the server. Its path ends with a slash, whether it was given with one or not. */
export const baseUrlSchema = z.url({ protocol: /^https?$/ }).transform((text, context): URL => {
  const url = new URL(text);
  if (!url.pathname.endsWith("/")) url.pathname += "/";
  const fault = faultOf(url);
  if (fault !== undefined) context.addIssue({ code: "custom", message: fault });
  return url;
});

function faultOf({ search, hash, username, password, pathname }: URL): string | undefined {
  if (search + hash + username + password !== "") return "must end with the path: no user, ? or #";
  if (!path.test(pathname)) return "must have a path of letters, digits, -, ., _ and ~ between slashes";
  const [, first = ""] = pathname.split("/");
  if (taken.includes(first)) return `must have another path: the server has something at /${first} itself`;
  return undefined;
}
