import { type LogObject, readObjectName } from "../read/log-object.ts";
import type { LogSelection } from "../source/log-source.ts";
import { isSelected } from "../source/log-source.ts";

/** Holds log files against what digests say of them. */
export interface DigestGuard {
  /** Is told of each object that is there. */
  noteListed(object: LogObject): void;
  /** The SHA-256 that an object's unpacked content must have; `undefined` when no digest names it. */
  expected(object: LogObject): string | undefined;
  /** Objects that are there and that no digest names: those of the last hour are not named yet. */
  unnamed(): number;
  /** Files that digests name and that are not there. */
  missing(): readonly string[];
}

/** Makes a guard from the hashes by `bucket/key`; about 200 bytes of memory a file. */
export function createDigestGuard(
  hashes: ReadonlyMap<string, string>,
  selection: LogSelection,
): DigestGuard {
  // A copy may lie in any folder: its name from `AWSLogs/` on is enough there.
  const byTail = new Map([...hashes].map(([place, hash]) => [tailOf(place), hash]));
  const left = new Set(
    [...hashes.keys()].filter((place) =>
      isSelected({ name: place, size: 0, tag: "", ...readObjectName(place) }, selection),
    ),
  );
  const leftByTail = new Map([...left].map((place) => [tailOf(place), place]));
  let unnamed = 0;

  const placeOf = (object: LogObject): string | undefined =>
    object.name.startsWith("s3://") ? object.name.slice("s3://".length) : undefined;

  const expected = (object: LogObject): string | undefined => {
    const place = placeOf(object);
    return place === undefined ? byTail.get(tailOf(object.name)) : hashes.get(place);
  };

  return {
    expected,
    noteListed: (object) => {
      if (expected(object) === undefined) unnamed += 1;
      const place = placeOf(object) ?? leftByTail.get(tailOf(object.name));
      if (place !== undefined) left.delete(place);
    },
    unnamed: () => unnamed,
    missing: () => [...left].sort().map((place) => `s3://${place}`),
  };
}

function tailOf(name: string): string {
  const path = name.replaceAll("\\", "/");
  const at = path.lastIndexOf("AWSLogs/");
  return at === -1 ? path : path.slice(at);
}
