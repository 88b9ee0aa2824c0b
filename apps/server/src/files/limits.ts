const MiB = 1024 * 1024;

/** How large what is imported may be, in bytes. */
export interface ImportLimits {
  /** What one file may hold. */
  readonly fileBytesMax: number;
  /** Of a zip archive, as it is on disk. */
  readonly zipBytesMax: number;
  /** What a zip archive may come to, unpacked. */
  readonly unpackedBytesMax: number;
  /** Of an Etherpad export, which holds every revision. */
  readonly etherpadBytesMax: number;
}

/** On the command line: a file may be as large as what a server takes at once by default. */
export const importLimits: ImportLimits = {
  fileBytesMax: 16 * MiB,
  zipBytesMax: 1024 * MiB,
  unpackedBytesMax: 4096 * MiB,
  etherpadBytesMax: 256 * MiB,
};
