import { rm } from "node:fs/promises";
import { join } from "node:path";
import { AppError } from "../../core/app-error.ts";
import { namesIn } from "./commit-files.ts";
import { lakeFolders } from "./layout.ts";

/**
 * Takes away the files of commits that were deleted, as is told to do with damaged ones: ids are
 * looked up in all files of a day, so what lies there and counts no more would keep its events from
 * being taken in again. Such commits are found by their keys; the many folders of events are listed
 * only when there is one. Throws ORGRAIL4311, and takes away nothing, when all commits are missing.
 */
export async function removeOrphans(folder: string, committed: ReadonlySet<string>): Promise<void> {
  const orphans = new Set<string>();
  const keys: string[] = [];
  for (const shard of foldersOfTwo(join(folder, lakeFolders.keys))) {
    for (const name of namesIn(shard)) {
      const id = name.slice(0, -suffix.length);
      if (!name.endsWith(suffix) || committed.has(id)) continue;
      orphans.add(id);
      keys.push(join(shard, name));
    }
  }
  if (orphans.size === 0) return;
  // A deleted commit leaves its folder: without any, the lake was copied or restored in part.
  if (namesIn(join(folder, lakeFolders.commits)).length === 0) {
    throw new AppError(
      "ORGRAIL4311",
      `the lake \`${folder}\` has events, and none of its commits`,
      {
        hint: `copy its folder \`${lakeFolders.commits}\` too, or ingest into another folder`,
      },
    );
  }
  for (const day of foldersOfTwo(join(folder, lakeFolders.events))) {
    for (const name of namesIn(day)) {
      // The id of the commit, and the number of the file.
      const id = name.slice(0, name.lastIndexOf("-"));
      if (orphans.has(id)) await rm(join(day, name), { force: true });
    }
  }
  for (const id of orphans) {
    await rm(join(folder, lakeFolders.rejected, `${id}.jsonl`), { force: true });
  }
  // Last: whoever is interrupted finds them again.
  for (const path of keys) await rm(path, { force: true });
}

const suffix = ".parquet";

function foldersOfTwo(root: string): string[] {
  return namesIn(root).flatMap((outer) => {
    const own = join(root, outer);
    return namesIn(own).map((inner) => join(own, inner));
  });
}
