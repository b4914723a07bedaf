import { readdirSync, realpathSync, statSync } from "node:fs";
import { join } from "node:path";
import type { Gap } from "../../core/read.ts";
import { isErrorCode, reasonOf } from "../../store/file-errors.ts";
import { type LogObject, readObjectName } from "../read/log-object.ts";
import type { LogListing, LogTree } from "./walk-logs.ts";

/**
 * The folders below one of this machine. Symbolic links are followed, each folder once: a loop ends
 * there. What may not be read becomes a gap. Folders are listed without waiting: there are as many
 * of them as days, and promises take longer than the file system does.
 */
export function localTree(root: string, gaps: Gap[]): LogTree {
  /** Real paths of folders that links led to. */
  const linked = new Set<string>();

  const listNow = (folder: string): LogListing => {
    const path = join(root, folder);
    const folders: string[] = [];
    const objects: LogObject[] = [];
    try {
      for (const entry of readdirSync(path, { withFileTypes: true })) {
        const name = join(path, entry.name);
        const kind = entry.isSymbolicLink() ? linkKind(name, linked, gaps) : kindOf(entry);
        if (kind === "folder") folders.push(entry.name);
        else if (kind === "file") objects.push(localObject(name));
      }
    } catch (error) {
      gaps.push(localGap(path, error));
    }
    return { folders: folders.sort(), objects };
  };

  const listAllNow = (folder: string): readonly LogObject[] => {
    const { folders, objects } = listNow(folder);
    if (folders.length === 0) return objects;
    return [...objects, ...folders.flatMap((name) => listAllNow(`${folder}${name}/`))];
  };

  return {
    list: async (folder) => listNow(folder),
    listAll: async (folder) => listAllNow(folder),
  };
}

/** A file of this machine. Throws the file system's error. */
export function localObject(path: string): LogObject {
  const { size, mtimeMs } = statSync(path);
  return { name: path, size, tag: String(mtimeMs), ...readObjectName(path.replaceAll("\\", "/")) };
}

/** The gap that a failure of the file system makes. */
export function localGap(path: string, error: unknown): Gap {
  return {
    kind: isErrorCode(error, "EACCES", "EPERM") ? "access-denied" : "failed",
    operation: "file:Read",
    subject: path,
    message: reasonOf(error),
  };
}

type Kind = "folder" | "file" | "other";

function kindOf(entry: { isDirectory(): boolean; isFile(): boolean }): Kind {
  return entry.isDirectory() ? "folder" : entry.isFile() ? "file" : "other";
}

function linkKind(path: string, linked: Set<string>, gaps: Gap[]): Kind {
  try {
    const real = realpathSync(path);
    const kind = kindOf(statSync(real));
    if (kind !== "folder") return kind;
    // A folder that lies above the link, or that another link led to, has been or will be read.
    if (linked.has(real) || `${path}/`.startsWith(`${real}/`)) return "other";
    linked.add(real);
    return "folder";
  } catch (error) {
    gaps.push(localGap(path, error));
    return "other";
  }
}
