import { type FileHandle, open } from "node:fs/promises";
import { dirname } from "node:path";
import { syncDirectory } from "../../store/atomic-file.ts";

/** A file of the journal that is written at its end only. */
export interface SegmentFile {
  readonly path: string;
  /** Bytes that are on the disk for certain. */
  size(): number;
  /** Adds text; resolves when it is on the disk. When it fails, nothing of it stays. */
  append(text: string): Promise<void>;
  close(): Promise<void>;
}

/** Puts text at the end of an open file and on the disk; for tests of full disks, something else. */
export type WriteDurably = (file: FileHandle, text: string) => Promise<void>;

/** Writes and waits for the disk. */
export const writeDurably: WriteDurably = async (file, text) => {
  await file.appendFile(text);
  await file.datasync();
};

/** Opens a segment at its end, after so many bytes; what follows them is cut off. */
export async function openSegment(
  path: string,
  bytes: number,
  write: WriteDurably,
): Promise<SegmentFile> {
  const file = await open(path, "a", 0o600);
  await file.truncate(bytes);
  await syncDirectory(dirname(path));
  let size = bytes;
  let isTorn = false;
  return {
    path,
    size: () => size,
    append: async (text) => {
      // What an earlier failure left goes first: no half line may stand before a whole one.
      if (isTorn) {
        await file.truncate(size);
        isTorn = false;
      }
      try {
        await write(file, text);
      } catch (error) {
        isTorn = true;
        await file.truncate(size).then(
          () => {
            isTorn = false;
          },
          () => undefined,
        );
        throw error;
      }
      size += Buffer.byteLength(text);
    },
    close: () => file.close(),
  };
}
