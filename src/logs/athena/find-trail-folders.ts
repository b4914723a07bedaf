import { gapOf } from "../../aws/attempt-read.ts";
import type { Aws } from "../../aws/aws.ts";
import { createPool } from "../../aws/pool.ts";
import type { Gap } from "../../core/read.ts";
import { parseS3Url } from "../source/s3-source.ts";

/** What lies in the bucket of an organization trail. */
export interface TrailFolders {
  readonly accounts: readonly string[];
  readonly regions: readonly string[];
  /** The first year with logs; absent without any. */
  readonly firstYear?: string;
  readonly gaps: readonly Gap[];
}

/** Requests at one time. */
const concurrency = 32;

/** Finds the accounts, Regions and years of an organization trail, by its folders. */
export async function findTrailFolders(
  aws: Aws,
  location: string,
  signal: AbortSignal | undefined,
): Promise<TrailFolders> {
  const { bucket, key } = parseS3Url(location);
  const root = key === "" || key.endsWith("/") ? key : `${key}/`;
  const pool = createPool(concurrency);
  const gaps: Gap[] = [];
  const foldersOf = async (prefix: string): Promise<readonly string[]> => {
    try {
      const found: string[] = [];
      let token: string | undefined;
      do {
        const next = token;
        const page = await pool(() =>
          aws.call(
            "s3",
            "ListObjectsV2",
            {
              Bucket: bucket,
              Prefix: prefix,
              Delimiter: "/",
              ...(next === undefined ? {} : { ContinuationToken: next }),
            },
            { region: aws.region, ...(signal === undefined ? {} : { signal }) },
          ),
        );
        for (const { Prefix = "" } of page.CommonPrefixes ?? []) {
          found.push(Prefix.slice(prefix.length, -1));
        }
        token = page.IsTruncated === true ? page.NextContinuationToken : undefined;
      } while (token !== undefined);
      return found;
    } catch (error) {
      gaps.push(gapOf(error, `s3://${bucket}/${prefix}`));
      return [];
    }
  };

  const accounts: string[] = [];
  const regions = new Set<string>();
  const years = new Set<string>();
  const listed = (await foldersOf(root)).filter((name) => /^\d{12}$/.test(name));
  await Promise.all(
    listed.map(async (account) => {
      const found = await foldersOf(`${root}${account}/CloudTrail/`);
      if (found.length > 0) accounts.push(account);
      await Promise.all(
        found.map(async (region) => {
          regions.add(region);
          for (const year of await foldersOf(`${root}${account}/CloudTrail/${region}/`))
            years.add(year);
        }),
      );
    }),
  );
  const [firstYear] = [...years].filter((year) => /^\d{4}$/.test(year)).sort();
  return {
    accounts: accounts.sort(),
    regions: [...regions].filter((name) => /^[a-z0-9-]+$/.test(name)).sort(),
    ...(firstYear === undefined ? {} : { firstYear }),
    gaps,
  };
}
