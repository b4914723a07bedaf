import { createHash } from "node:crypto";
import type { LogObject } from "../../logs/read/log-object.ts";
import type { JournalRecord } from "./journal-records.ts";

/** What was read of one place of a source; plain data. */
export interface PlaceState {
  /** All objects that were delivered before this day were read. */
  readonly through?: string;
  /** By day of delivery, marks of the objects that were read. */
  readonly read: Readonly<Record<string, readonly string[]>>;
}

/** Stands for the day of the first start where a place is named; names of places end with a slash. */
export const startPlace = "start";

/** What was read of a source, by place; plain data. */
export type SourceState = Readonly<Record<string, PlaceState>>;

/** What was read of a source. */
export interface SourceProgress {
  isRead(place: string, object: LogObject): boolean;
  through(place: string): string | undefined;
  /** Takes a record of this source in. */
  apply(record: JournalRecord): void;
  /** Forgets what is not there any more, where all of a place was listed. */
  keepOnly(place: string, objects: readonly LogObject[]): void;
  state(): SourceState;
}

/** The mark of an object: of its name and content, in 16 hexadecimal digits. */
export function markOf({ name, tag, size }: LogObject): string {
  return createHash("sha256").update(`${name}\0${tag}\0${size}`).digest("hex").slice(0, 16);
}

/** Opens what is known of a source. */
export function sourceProgress(kept: SourceState = {}): SourceProgress {
  const places = new Map<string, { through: string | undefined; read: Map<string, Set<string>> }>();
  const at = (place: string) => {
    let known = places.get(place);
    if (known === undefined) {
      known = { through: undefined, read: new Map() };
      places.set(place, known);
    }
    return known;
  };
  for (const [place, { through, read }] of Object.entries(kept)) {
    const known = at(place);
    known.through = through;
    for (const [day, marks] of Object.entries(read)) known.read.set(day, new Set(marks));
  }
  return {
    isRead: (place, object) =>
      places
        .get(place)
        ?.read.get(object.day ?? "")
        ?.has(markOf(object)) === true,
    through: (place) => places.get(place)?.through,
    apply: (record) => {
      if (record.k === "read") {
        const { read } = at(record.place);
        const marks = read.get(record.day);
        if (marks === undefined) read.set(record.day, new Set([record.mark]));
        else marks.add(record.mark);
      } else if (record.k === "through") {
        const known = at(record.place);
        known.through = record.day;
        // The day before is looked at again for a while.
        const oldest = dayBefore(record.day);
        for (const day of known.read.keys()) if (day < oldest) known.read.delete(day);
      }
    },
    keepOnly: (place, objects) => {
      const known = places.get(place);
      if (known === undefined) return;
      const present = new Set(objects.map(markOf));
      for (const marks of known.read.values()) {
        for (const mark of marks) if (!present.has(mark)) marks.delete(mark);
      }
    },
    state: () =>
      Object.fromEntries(
        [...places].map(([place, { through, read }]) => [
          place,
          {
            ...(through === undefined ? {} : { through }),
            read: Object.fromEntries([...read].map(([day, marks]) => [day, [...marks]])),
          },
        ]),
      ),
  };
}

/** The day before a day, both `YYYY-MM-DD`. */
export function dayBefore(day: string): string {
  return daysBefore(day, 1);
}

/** The day so many days before a day, both `YYYY-MM-DD`. */
export function daysBefore(day: string, count: number): string {
  const ms = Date.parse(`${day}T00:00:00Z`) - count * 86_400_000;
  return new Date(ms).toISOString().slice(0, 10);
}

/** The day after a day, both `YYYY-MM-DD`. */
export function dayAfter(day: string): string {
  return daysBefore(day, -1);
}
