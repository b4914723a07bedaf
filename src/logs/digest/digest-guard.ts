import { type LogObject, readObjectName } from "../read/log-object.ts";
import type { LogSelection } from "../source/log-source.ts";
import { isSelected } from "../source/log-source.ts";
import type { DigestCheck } from "./check-digests.ts";
import { createHadToBeNamed } from "./digest-times.ts";

/** Holds log files against what digests say of them. */
export interface DigestGuard {
  /** Is told of each object that is there. */
  noteListed(object: LogObject): void;
  /** The SHA-256 that an object's unpacked content must have; `undefined` when no digest names it. */
  expected(object: LogObject): string | undefined;
  /** Objects that are there and that no digest names: those of the last hour are not named yet. */
  unnamed(): number;
  /** Those of them that digests had to name, the first hundred, and how many there are. */
  foreign(): { readonly names: readonly string[]; readonly count: number };
  /** Files that digests name and that are not there. */
  missing(): readonly string[];
}

const mostForeign = 100;

/** Makes a guard from the hashes by `bucket/key`; about 200 bytes of memory a file. */
export function createDigestGuard(
  { hashes, spans }: Pick<DigestCheck, "hashes" | "spans">,
  selection: LogSelection,
): DigestGuard {
  const hadToBeNamed = createHadToBeNamed(spans);
  const foreign: string[] = [];
  let foreignCount = 0;
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

  const noteUnnamed = (object: LogObject): void => {
    unnamed += 1;
    if (!hadToBeNamed(object)) return;
    foreignCount += 1;
    if (foreign.length < mostForeign) foreign.push(object.name);
  };

  return {
    expected,
    noteListed: (object) => {
      if (expected(object) === undefined) noteUnnamed(object);
      const place = placeOf(object) ?? leftByTail.get(tailOf(object.name));
      if (place !== undefined) left.delete(place);
    },
    unnamed: () => unnamed,
    foreign: () => ({ names: foreign, count: foreignCount }),
    missing: () => [...left].sort().map((place) => `s3://${place}`),
  };
}

function tailOf(name: string): string {
  const path = name.replaceAll("\\", "/");
  const at = path.lastIndexOf("AWSLogs/");
  return at === -1 ? path : path.slice(at);
}
