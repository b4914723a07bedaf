import {
  type Digest,
  type DigestPublicKey,
  type FoundDigest,
  isSigned,
  parseDigest,
} from "./digest-file.ts";

/** What is wrong with digests, or cannot be told. */
export type DigestProblemKind =
  /** It is no digest file. */
  | "unreadable"
  /** It lies elsewhere than where CloudTrail wrote it. */
  | "moved"
  /** Its signature is not CloudTrail's, or its content was changed. */
  | "bad-signature"
  /** It is not what the next one of its chain says it was. */
  | "changed"
  /** The chain names it, and it is not there. */
  | "missing"
  /** Here a chain begins anew: the trail was off, or validation was. */
  | "new-chain"
  /** No signature or no key for it was to be had. */
  | "unsigned";

/** Something about a digest file. */
export interface DigestProblem {
  readonly kind: DigestProblemKind;
  readonly digest: string;
  readonly message: string;
}

/** What digests prove. */
export interface DigestCheck {
  /** SHA-256 of unpacked log files by `bucket/key`, from digests that hold. */
  readonly hashes: ReadonlyMap<string, string>;
  readonly digests: number;
  /** How many of them bear a signature that was checked and holds. */
  readonly signed: number;
  readonly problems: readonly DigestProblem[];
  /** What times the digests that hold are of. */
  readonly spans: readonly DigestSpan[];
}

/** The hour, or so, that a digest names the files of. */
export interface DigestSpan {
  /** Account, Region and trail. */
  readonly chain: string;
  /** As in the digest: `2026-08-01T10:00:00Z`. */
  readonly start: string;
  readonly end: string;
}

/** Kinds after which a digest is not believed. */
const breaking: ReadonlySet<DigestProblemKind> = new Set([
  "unreadable",
  "moved",
  "bad-signature",
  "changed",
]);

/**
 * Checks digest files, in any order: each against its signature, and each chain link by link. The
 * signature of a copy that has none is taken from the next digest, which repeats it. `start` is the
 * first moment looked at: what a chain names before it is not missing.
 */
export function checkDigests(
  found: readonly FoundDigest[],
  keys: readonly DigestPublicKey[],
  start: string = "",
): DigestCheck {
  const problems: DigestProblem[] = [];
  const keyOf = new Map(keys.map((key) => [key.fingerprint, key]));
  const digests: Digest[] = [];
  for (const file of found) {
    const digest = parseDigest(file);
    if (digest !== undefined) digests.push(digest);
    else {
      const message = "it is no digest file, or damaged";
      problems.push({ kind: "unreadable", digest: file.name, message });
    }
  }
  const byPlace = new Map(digests.map((digest) => [placeOf(digest), digest]));
  const next = new Map<string, Digest>();
  for (const digest of digests) {
    if (digest.previous !== undefined) next.set(placeOf(digest.previous), digest);
  }
  const hashes = new Map<string, string>();
  const spans: DigestSpan[] = [];
  let signed = 0;
  for (const digest of digests.sort((a, b) => (a.endTime < b.endTime ? -1 : 1))) {
    const own = checkOne(digest, next.get(placeOf(digest)), keyOf);
    const link = checkLink(digest, byPlace, start, digests);
    const all = [...own, ...link];
    problems.push(...all);
    if (!own.some(({ kind }) => kind === "unsigned" || breaking.has(kind))) signed += 1;
    if (own.some(({ kind }) => breaking.has(kind))) continue;
    spans.push({ chain: chainOf(digest), start: digest.startTime, end: digest.endTime });
    for (const { bucket, key, hash } of digest.logFiles) hashes.set(`${bucket}/${key}`, hash);
  }
  return { hashes, digests: found.length, signed, problems, spans };
}

function checkOne(
  digest: Digest,
  next: Digest | undefined,
  keyOf: ReadonlyMap<string, DigestPublicKey>,
): DigestProblem[] {
  const { name, signature: own } = digest.found;
  const problem = (kind: DigestProblemKind, message: string): DigestProblem[] => [
    { kind, digest: name, message },
  ];
  const place = placeOf(digest);
  const isThere =
    name === `s3://${place}` || (!name.startsWith("s3://") && name.endsWith(digest.key));
  if (!isThere) return problem("moved", `CloudTrail wrote it to s3://${place}`);
  const signature = own ?? next?.previous?.signature ?? "";
  const key = keyOf.get(digest.fingerprint);
  if (signature !== "" && key !== undefined) {
    return isSigned(digest, signature, key)
      ? []
      : problem(
          "bad-signature",
          "its signature does not hold: it was changed, or CloudTrail did not write it",
        );
  }
  if (next?.previous !== undefined && next.previous.hash !== digest.hash) {
    return problem("changed", `${next.found.name} has another hash for it`);
  }
  return problem(
    "unsigned",
    signature === ""
      ? "there is no signature: a copy of the newest digest has none"
      : `there is no public key with fingerprint ${digest.fingerprint}`,
  );
}

function checkLink(
  digest: Digest,
  byPlace: ReadonlyMap<string, Digest>,
  start: string,
  all: readonly Digest[],
): DigestProblem[] {
  const { previous } = digest;
  if (previous === undefined) {
    const isBackfill = digest.key.endsWith("_backfill.json.gz");
    const hasEarlier = all.some(
      (other) => chainOf(other) === chainOf(digest) && other.endTime < digest.endTime,
    );
    if (isBackfill || !hasEarlier) return [];
    return [
      {
        kind: "new-chain",
        digest: digest.found.name,
        message: "it has no digest before it, though there are earlier ones: validation was off",
      },
    ];
  }
  if (byPlace.has(placeOf(previous)) || digest.startTime <= start) return [];
  return [
    {
      kind: "missing",
      digest: `s3://${placeOf(previous)}`,
      message: `${digest.found.name} names it as the one before it`,
    },
  ];
}

function placeOf({ bucket, key }: { readonly bucket: string; readonly key: string }): string {
  return `${bucket}/${key}`;
}

/** Account, Region and trail: the name of the file without its time. */
function chainOf({ key }: Digest): string {
  return key.replace(/^.*\//, "").replace(/_\d{8}T\d{6}Z(_backfill)?\.json\.gz$/, "");
}
