import { spawnSync } from "node:child_process";

type Command = readonly [string, ...string[]];

/** The user of the image. */
export const imageUser = 1000;

/** In a world of mounts of its own: `$1` can be written, nothing else of the root file system. */
const readOnlyRoot =
  'mount --make-rprivate / && mount --bind "$1" "$1" && mount -o remount,bind,ro / && shift && exec "$@"';

/**
 * A command as a container runs it: as a user that is not root, without capabilities, the root file system read-only but
 * for `writable`.
 */
export function confined(writable: string, command: Command): Command {
  const user = [`--reuid=${imageUser}`, `--regid=${imageUser}`, "--clear-groups"];
  return [
    ...(["unshare", "--mount", "sh", "-c", readOnlyRoot, "sh", writable] as const),
    ...["setpriv", ...user, "--no-new-privs", "--bounding-set=-all", "--", ...command],
  ];
}

/** Why no command can be confined here; undefined if it can. */
export function notConfinedBecause(writable: string): string | undefined {
  if (process.getuid?.() !== 0) return "only root can become another user and mount";
  const [program, ...args] = confined(writable, [process.execPath, "--version"]);
  const { status, stderr, error } = spawnSync(program, args, { encoding: "utf8" });
  return status === 0 ? undefined : (error?.message ?? stderr.trim());
}
