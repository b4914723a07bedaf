import { gapOf } from "../../aws/attempt-read.ts";
import type { Aws } from "../../aws/aws.ts";
import type { RegionName } from "../../core/identifiers.ts";
import type { Gap } from "../../core/read.ts";
import { decodeLog } from "../read/decode-log.ts";
import type { LogObject } from "../read/log-object.ts";
import type { LogSelection } from "../source/log-source.ts";
import type { LogTree } from "../source/walk-logs.ts";
import type { DigestPublicKey, FoundDigest } from "./digest-file.ts";

/** A place where digests lie, and how they are fetched. */
export interface DigestPlace {
  readonly tree: LogTree;
  readonly folder: string;
  /** The packed file, and its signature where the place keeps one. */
  readonly fetch: (
    object: LogObject,
  ) => Promise<{ readonly bytes: Uint8Array; readonly signature?: string } | undefined>;
}

const namePattern =
  /(\d{12})_CloudTrail-Digest_([a-z0-9-]+)_.*_([a-z0-9-]+)_(\d{4})(\d{2})(\d{2})T\d{6}Z(?:_backfill)?\.json\.gz$/;

/** What the name of a digest file says. */
export function readDigestName(
  name: string,
):
  | { readonly account: string; readonly regions: readonly RegionName[]; readonly day: string }
  | undefined {
  const match = namePattern.exec(name);
  if (match === null) return undefined;
  const [, account = "", region = "", home = "", year, month, day] = match;
  return { account, regions: [...new Set([region, home])], day: `${year}-${month}-${day}` };
}

/**
 * Finds the digest files below a folder that belong to a selection, with a day on either side: a
 * digest tells of logs of the hour before it.
 */
export async function* findDigests(
  { tree, folder, fetch }: DigestPlace,
  selection: LogSelection,
): AsyncGenerator<FoundDigest, void, undefined> {
  const waiting = [folder];
  for (let here = waiting.pop(); here !== undefined; here = waiting.pop()) {
    if (/(?:^|\/)(?:CloudTrail|CloudTrail-Insight)\/$/.test(here)) continue;
    if (!/(?:^|\/)CloudTrail-Digest\/$/.test(here)) {
      const { folders } = await tree.list(here);
      waiting.push(...folders.map((name) => `${here}${name}/`).reverse());
      continue;
    }
    for (const object of await tree.listAll(here)) {
      const said = readDigestName(object.name);
      if (said === undefined || !isWanted(said, selection)) continue;
      const got = await fetch(object);
      if (got === undefined) continue;
      const bytes = (await decodeLog(got.bytes)).text();
      const { signature } = got;
      yield { name: object.name, bytes, ...(signature === undefined ? {} : { signature }) };
    }
  }
}

function isWanted(
  said: { readonly account: string; readonly regions: readonly RegionName[]; readonly day: string },
  { accounts, regions, from, to }: LogSelection,
): boolean {
  if (accounts?.has(said.account) === false) return false;
  if (regions?.has(said.regions[0] ?? "") === false) return false;
  if (from !== undefined && said.day < from) return false;
  return to === undefined || said.day <= shifted(to, 1);
}

function shifted(day: string, count: number): string {
  return new Date(Date.parse(day) + count * 86_400_000).toISOString().slice(0, 10);
}

/**
 * The keys that CloudTrail signed with in a time, in some Regions. A Region that does not answer is a
 * gap.
 *
 * @see https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_ListPublicKeys.html
 */
export async function readPublicKeys(
  aws: Aws,
  regions: Iterable<RegionName>,
  time: { readonly start: Date; readonly end: Date },
  gaps: Gap[],
): Promise<DigestPublicKey[]> {
  const keys: DigestPublicKey[] = [];
  for (const region of regions) {
    try {
      const input = { StartTime: time.start, EndTime: time.end };
      for await (const page of aws.pages("cloudtrail", "ListPublicKeys", input, { region })) {
        for (const { Fingerprint, Value } of page.PublicKeyList ?? []) {
          if (Fingerprint !== undefined && Value !== undefined) {
            keys.push({ fingerprint: Fingerprint, value: Value });
          }
        }
      }
    } catch (error) {
      gaps.push(gapOf(error, `public keys of CloudTrail in ${region}`));
    }
  }
  return keys;
}
