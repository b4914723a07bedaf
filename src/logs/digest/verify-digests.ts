import type { Aws } from "../../aws/aws.ts";
import type { RegionName } from "../../core/identifiers.ts";
import type { Gap } from "../../core/read.ts";
import type { LogSelection } from "../source/log-source.ts";
import { checkDigests, type DigestCheck } from "./check-digests.ts";
import type { FoundDigest } from "./digest-file.ts";
import { type DigestPlace, findDigests, readDigestName, readPublicKeys } from "./read-digests.ts";

/** Finds, reads and checks the digests of a place; keys come from CloudTrail. */
export async function verifyDigests(
  place: DigestPlace,
  selection: LogSelection,
  aws: Aws,
  gaps: Gap[],
): Promise<DigestCheck> {
  const found: FoundDigest[] = [];
  const regions = new Set<RegionName>();
  let first = "9999";
  let last = "0000";
  for await (const digest of findDigests(place, selection)) {
    found.push(digest);
    const said = readDigestName(digest.name);
    if (said === undefined) continue;
    for (const region of said.regions) regions.add(region);
    if (said.day < first) first = said.day;
    if (said.day > last) last = said.day;
  }
  if (found.length === 0) return checkDigests([], []);
  const day = 86_400_000;
  const time = {
    start: new Date(Date.parse(first) - day),
    end: new Date(Date.parse(last) + 2 * day),
  };
  const keys = await readPublicKeys(aws, regions, time, gaps);
  const start = selection.from === undefined ? "" : `${selection.from}T01:00:00Z`;
  return checkDigests(found, keys, start);
}
