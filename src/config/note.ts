/** Something that was read and is not in the configuration that was written. */
export interface Note {
  /** File and place, or path into the snapshot. */
  readonly where: string;
  readonly what: string;
  readonly why: string;
}

/** A file to write, its path relative to the folder of the configuration. */
export interface WrittenFile {
  readonly path: string;
  readonly text: string;
}
