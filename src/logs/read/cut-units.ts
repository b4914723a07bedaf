import type { LogObject } from "./log-object.ts";

/** Cuts a list of objects into units of at most so many bytes and objects, in order. */
export function* cutUnits(
  objects: readonly LogObject[],
  mostBytes: number,
  mostObjects: number,
): Generator<readonly LogObject[], void, undefined> {
  let unit: LogObject[] = [];
  let bytes = 0;
  for (const object of objects) {
    if (unit.length > 0 && (bytes + object.size > mostBytes || unit.length >= mostObjects)) {
      yield unit;
      unit = [];
      bytes = 0;
    }
    unit.push(object);
    bytes += object.size;
  }
  if (unit.length > 0) yield unit;
}
