import type { LogObject } from "../../logs/read/log-object.ts";
import type { LogTree } from "../../logs/source/walk-logs.ts";
import { dayAfter, dayBefore, daysBefore, type SourceProgress } from "./source-progress.ts";

/** Objects of one place that were not read yet. */
export interface NewObjects {
  /** Folder of an account and Region; `""` outside of a trail's layout. */
  readonly place: string;
  readonly objects: readonly LogObject[];
  /** When these are read, all that was delivered before this day is. */
  readonly through?: string;
}

/** Finds what is new in a tree, again and again. */
export interface NewObjectFinder {
  find(nowMs: number): AsyncGenerator<NewObjects, void, undefined>;
}

/** What a finder is made of. */
export interface NewObjectFinderOptions {
  readonly tree: LogTree;
  readonly folder: string;
  readonly progress: SourceProgress;
  /** Day of delivery from which a place is read that was never read before. */
  readonly from: string | undefined;
  /** Whether something could not be listed since the last question. */
  readonly hasFailed: () => boolean;
  /** Accounts and Regions are looked for again after so long. */
  readonly placesEveryMs: number;
}

/** When a clock was ahead by days, what was delivered in so many days is looked through again. */
const lookBackDays = 7;

/** A file that is delivered around midnight is in the folder of the day before for a while. */
const afterMidnightMs = 2 * 3_600_000;

/**
 * Finds objects by account, Region and day of delivery, in the layout of trails; elsewhere in all
 * folders. A place that could not be listed stays where it was and is listed again.
 */
export function newObjectFinder(options: NewObjectFinderOptions): NewObjectFinder {
  const { tree, progress, hasFailed } = options;
  let places: readonly string[] = [];
  let looseFolders: readonly string[] = [];
  let placesAtMs = Number.NEGATIVE_INFINITY;

  const lookForPlaces = async (nowMs: number): Promise<void> => {
    const found: string[] = [];
    const others: string[] = [];
    const waiting = [options.folder];
    for (let here = waiting.pop(); here !== undefined; here = waiting.pop()) {
      if (/(?:^|\/)(?:CloudTrail-Digest|CloudTrail-Insight)\/$/.test(here)) continue;
      if (/(?:^|\/)\d{12}\/CloudTrail\/[a-z0-9-]+\/$/.test(here)) {
        found.push(here);
        continue;
      }
      const { folders, objects } = await tree.list(here);
      if (objects.length > 0 || here === options.folder) others.push(here);
      for (const name of folders) waiting.push(`${here}${name}/`);
    }
    // Where a listing failed, what was known is not forgotten.
    if (hasFailed()) {
      places = [...new Set([...places, ...found])];
      looseFolders = [...new Set([...looseFolders, ...others])];
    } else [places, looseFolders] = [found, others];
    places = [...places].sort();
    placesAtMs = nowMs;
  };

  const fresh = (place: string, objects: readonly LogObject[]): readonly LogObject[] =>
    objects.filter((object) => !progress.isRead(place, object));

  /** Days of a place that have a folder, from a day on. */
  const daysFrom = async (place: string, from: string): Promise<readonly string[]> => {
    const days: string[] = [];
    for (const year of (await tree.list(place)).folders) {
      if (year < from.slice(0, 4)) continue;
      for (const month of (await tree.list(`${place}${year}/`)).folders) {
        if (`${year}-${month}` < from.slice(0, 7)) continue;
        for (const day of (await tree.list(`${place}${year}/${month}/`)).folders) {
          if (`${year}-${month}-${day}` >= from) days.push(`${year}-${month}-${day}`);
        }
      }
    }
    return days.sort();
  };

  async function* findIn(
    place: string,
    nowMs: number,
  ): AsyncGenerator<NewObjects, void, undefined> {
    const today = new Date(nowMs).toISOString().slice(0, 10);
    const noted = progress.through(place);
    // Noted by a clock that was wrong: until that day nothing would be read. What came meanwhile was
    // not looked for, and what is read again says nothing new.
    const wasAhead = noted !== undefined && noted > dayAfter(today);
    const through = noted !== undefined && noted > today ? undefined : noted;
    const isCaughtUp = through === today && nowMs % 86_400_000 > afterMidnightMs;
    const from = wasAhead
      ? daysBefore(today, lookBackDays)
      : noted === undefined
        ? options.from
        : dayBefore(through ?? today);
    hasFailed();
    const days = isCaughtUp ? [today] : await daysFrom(place, from ?? "0000-00-00");
    if (hasFailed()) return;
    for (const day of days) {
      const objects = await tree.listAll(`${place}${day.replaceAll("-", "/")}/`);
      if (hasFailed()) return;
      const next = dayAfter(day);
      const isOver = next <= today;
      const news = fresh(place, objects);
      const isStep = isOver && (through === undefined || next > through);
      if (news.length > 0 || isStep) {
        yield { place, objects: news, ...(isStep ? { through: next } : {}) };
      }
    }
    if (through === undefined || through < today) yield { place, objects: [], through: today };
  }

  return {
    find: async function* (nowMs) {
      hasFailed();
      const isDue = nowMs - placesAtMs >= options.placesEveryMs;
      if (isDue || places.length === 0) await lookForPlaces(nowMs);
      const all: LogObject[] = [];
      let isWhole = !hasFailed();
      for (const folder of looseFolders) {
        const { objects } = await tree.list(folder);
        if (hasFailed()) isWhole = false;
        all.push(...objects);
      }
      const news = fresh("", all);
      if (isWhole) progress.keepOnly("", all);
      if (news.length > 0) yield { place: "", objects: news };
      for (const place of places) yield* findIn(place, nowMs);
    },
  };
}
