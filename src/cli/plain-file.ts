import { closeSync, openSync, readFileSync, statSync } from "node:fs";

/** Larger files are not read: nothing that orgrail reads is so large. */
const maxBytes = 256 * 1024 * 1024;

/** Why {@link plainFileText} gives no text of a path, in words; asked for after it gave none. */
export function whyNoText(path: string): string {
  try {
    const status = statSync(path);
    if (status.isDirectory()) return "it is a directory";
    if (!status.isFile()) return "it is no plain file, but a device, a pipe or a socket";
    if (status.size > maxBytes) {
      const megabytes = Math.ceil(status.size / 1024 / 1024);
      return `it has ${megabytes} MB; at most ${maxBytes / 1024 / 1024} MB are read`;
    }
    closeSync(openSync(path, "r"));
    return "it changed while it was read";
  } catch (error) {
    const code = error instanceof Error && "code" in error ? String(error.code) : "";
    return reasons[code] ?? (error instanceof Error ? error.message : String(error));
  }
}

const reasons: Readonly<Record<string, string>> = {
  ENOENT: "there is no such file",
  ENOTDIR: "a part of its path is no directory",
  EACCES: "permission denied",
  EPERM: "permission denied",
  ELOOP: "it is a symbolic link that leads to itself",
  ENAMETOOLONG: "its name is too long",
};

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
