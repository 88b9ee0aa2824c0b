import { readFileSync } from "node:fs";
import { statfs } from "node:fs/promises";
import { type Finding, fail, ok, warn } from "./finding";

const name = "file system";

/** As `statfs` numbers them, on Linux. */
const types: Readonly<Record<number, string>> = {
  61267: "ext4",
  1481003842: "xfs",
  2435016766: "btrfs",
  801189825: "zfs",
  4076150800: "f2fs",
  16914836: "tmpfs",
  2035054128: "overlay",
  26985: "nfs",
  4283649346: "cifs",
  4266872130: "smb",
  1702057286: "fuse",
  16914839: "9p",
  1397703499: "virtiofs",
};

/** Locks and syncs are as good as the machine at the other end of the wire. */
const remote = new Set(["nfs", "cifs", "smb", "fuse", "9p", "virtiofs"]);

/** What the data lies on, and whether it keeps its word when it says that something is on the disk. */
export async function checkFileSystem(directory: string): Promise<Finding> {
  // The kernel's numbers are unsigned; Node shows some as negative.
  const type = types[(await statfs(directory)).type >>> 0];
  const mount = mountOf(directory, readMounts());
  const shown = mount?.type ?? type ?? "unknown";
  const careless = mount?.options.filter((option) =>
    /^(?:nobarrier|barrier=0|sync=disabled|nosync)$/.test(option),
  );
  if (mount?.options.includes("ro")) {
    return fail(name, `${shown}, mounted read-only`, "Mount it writable (rw).");
  }
  if (type === "tmpfs") {
    return fail(
      name,
      "tmpfs: everything there is gone when the machine stops",
      "Set SCRIPTORIUM_DATA_DIR to a directory on a disk.",
    );
  }
  if (type === "overlay") {
    return warn(
      name,
      "overlay, a container's own layer: everything there is gone with the container",
      "Mount a volume, and set SCRIPTORIUM_DATA_DIR to a directory on it.",
    );
  }
  if (careless !== undefined && careless.length > 0) {
    return fail(
      name,
      `${shown} with ${careless.join(", ")}: it says that something is on the disk before it is`,
      "Mount it without that option: a power cut can cost edits that were called saved.",
    );
  }
  if (type !== undefined && remote.has(type)) {
    return warn(
      name,
      `${shown}, which another machine or process keeps: locks and syncs are as good as theirs`,
      "Use a local disk, or make sure that the other side syncs before it answers (NFS: export with sync).",
    );
  }
  return ok(name, shown);
}

export interface Mount {
  readonly point: string;
  readonly type: string;
  readonly options: readonly string[];
}

/** The lines of `/proc/self/mountinfo`; none on other systems. */
function readMounts(): Mount[] {
  try {
    return parseMounts(readFileSync("/proc/self/mountinfo", "utf8"));
  } catch {
    return [];
  }
}

/** See proc(5): `36 35 98:0 /root /point rw,noatime master:1 - ext4 /dev/sda rw,barrier=0` */
export function parseMounts(text: string): Mount[] {
  return text.split("\n").flatMap((line) => {
    const match = /^\d+ \d+ \S+ \S+ (\S+) (\S+) .*?- (\S+) \S+ (\S+)$/.exec(line);
    if (match === null) return [];
    const [, point = "", own = "", type = "", ofDevice = ""] = match;
    const plain = point.replaceAll(/\\(\d{3})/g, (_all, code: string) =>
      String.fromCharCode(Number.parseInt(code, 8)),
    );
    // Of a mount that is read-only the device need not be.
    return [{ point: plain, type, options: [...new Set([...own.split(","), ...ofDevice.split(",")])] }];
  });
}

/** The one that holds the path: the deepest, and of several at one point the last. */
export function mountOf(path: string, mounts: readonly Mount[]): Mount | undefined {
  return mounts
    .filter(({ point }) => point === "/" || path === point || path.startsWith(`${point}/`))
    .reduce<Mount | undefined>(
      (best, mount) => (best === undefined || mount.point.length >= best.point.length ? mount : best),
      undefined,
    );
}
