import type { LogObject } from "../read/log-object.ts";
import { groupObjects, isSelected, type LogGroup, type LogSelection } from "./log-source.ts";

/** What a folder, or a prefix of a bucket, holds. */
export interface LogListing {
  /** Names, without the way to them. */
  readonly folders: readonly string[];
  readonly objects: readonly LogObject[];
}

/** A tree of folders with log files. */
export interface LogTree {
  /** What is directly in a folder (`""` or `a/b/`). What cannot be listed is empty, and a gap. */
  list(folder: string): Promise<LogListing>;
  /** Everything below a folder. */
  listAll(folder: string): Promise<readonly LogObject[]>;
}

/** At so many objects outside a trail's layout a group is closed. */
const mostLoose = 2_000;

/**
 * Finds the logs in a tree: in the layout of trails (`.../ACCOUNT/CloudTrail/REGION/YYYY/MM/DD/`)
 * account by account and month by month, with nothing listed that is not wanted; elsewhere folder by
 * folder. Folders of digests and Insights, which hold no events, are passed by.
 */
export async function* walkLogs(
  tree: LogTree,
  folder: string,
  selection: LogSelection,
): AsyncGenerator<LogGroup, void, undefined> {
  let loose: LogObject[] = [];
  const waiting = [folder];
  for (let here = waiting.pop(); here !== undefined; here = waiting.pop()) {
    const account = /(?:^|\/)(\d{12})\/CloudTrail\/$/.exec(here)?.[1];
    if (account !== undefined) {
      if (selection.accounts?.has(account) !== false) yield* walkTrail(tree, here, selection);
      continue;
    }
    if (/(?:^|\/)(?:CloudTrail-Digest|CloudTrail-Insight)\/$/.test(here)) continue;
    const { folders, objects } = await tree.list(here);
    for (const object of objects) if (isSelected(object, selection)) loose.push(object);
    if (loose.length >= mostLoose) {
      yield* groupObjects(loose);
      loose = [];
    }
    waiting.push(...folders.map((name) => `${here}${name}/`).reverse());
  }
  yield* groupObjects(loose);
}

/** Walks one account's logs, all its Regions month by month. */
async function* walkTrail(
  tree: LogTree,
  folder: string,
  selection: LogSelection,
): AsyncGenerator<LogGroup, void, undefined> {
  const { folders: regions, objects } = await tree.list(folder);
  yield* groupObjects(objects.filter((object) => isSelected(object, selection)));
  const wanted = regions.filter((region) => selection.regions?.has(region) !== false);
  const months = new Map<string, string[]>();
  // In a copy, files may lie above the folders of days.
  const above: LogObject[] = [];
  await Promise.all(
    wanted.map(async (region) => {
      const years = await tree.list(`${folder}${region}/`);
      above.push(...years.objects);
      for (const year of years.folders) {
        const found = await tree.list(`${folder}${region}/${year}/`);
        above.push(...found.objects);
        for (const month of found.folders) {
          const key = `${year}-${month}`;
          months.set(key, [...(months.get(key) ?? []), `${folder}${region}/${year}/${month}/`]);
        }
      }
    }),
  );
  yield* groupObjects(above.filter((object) => isSelected(object, selection)));
  for (const month of [...months.keys()].sort()) {
    if (!mayHold(month, selection)) continue;
    const lists = await Promise.all((months.get(month) ?? []).sort().map((at) => tree.listAll(at)));
    yield* groupObjects(lists.flat().filter((object) => isSelected(object, selection)));
  }
}

/** Whether a folder may hold what is wanted; one that is named otherwise may hold anything. */
function mayHold(month: string, { from, to }: LogSelection): boolean {
  if (!/^\d{4}-\d{2}$/.test(month)) return true;
  return !(
    (from !== undefined && month < from.slice(0, 7)) ||
    (to !== undefined && month > to.slice(0, 7))
  );
}
