import { readFileSync, statSync } from "node:fs";

/** Larger files are not read: nothing that orgrail reads is so large. */
const maxBytes = 256 * 1024 * 1024;

/**
 * The text of a plain file; `undefined` when there is none, when it cannot be read, or when it is a
 * folder, a device or a pipe. Bytes that are no UTF-8 become U+FFFD.
 */
export function plainFileText(path: string): string | undefined {
  try {
    const status = statSync(path);
    return status.isFile() && status.size <= maxBytes ? readFileSync(path, "utf8") : undefined;
  } catch {
    // Whoever asks reports that the file cannot be read, with the place where it is named.
    return undefined;
  }
}
