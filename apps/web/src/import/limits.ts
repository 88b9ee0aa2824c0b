const MiB = 1024 * 1024;

/** What one file may hold, in bytes. The server may accept less, and then says so. */
export const fileBytesMax = 16 * MiB;
/** What an archive may come to, unpacked, in bytes. */
export const unpackedBytesMax = 64 * MiB;
/** Files in an archive. */
export const entriesMax = 1000;
