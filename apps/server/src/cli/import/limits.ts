const MiB = 1024 * 1024;

/** What one file may hold, in bytes: as much as a server takes at once by default. */
export const fileBytesMax = 16 * MiB;
/** Of a zip archive, as it is on disk. */
export const zipBytesMax = 1024 * MiB;
/** What a zip archive may come to, unpacked. */
export const unpackedBytesMax = 4096 * MiB;
/** Of an Etherpad export, which holds every revision. */
export const etherpadBytesMax = 256 * MiB;
