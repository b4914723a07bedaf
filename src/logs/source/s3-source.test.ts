import { expect, test } from "vitest";
import type { Aws } from "../../aws/aws.ts";
import { AwsError } from "../../aws/aws-error.ts";
import { readEvents } from "../read/read-events.ts";
import { logFile, sampleEvent, trailPath } from "../test-support/sample-events.ts";
import type { LogSelection } from "./log-source.ts";
import { parseS3Url, s3Source } from "./s3-source.ts";

/** S3 as far as it is read: listings of two entries a page, and prefixes that are denied. */
function fakeS3(
  objects: ReadonlyMap<string, Buffer>,
  denied?: string,
): { aws: Aws; calls: string[] } {
  const calls: string[] = [];
  const call = async (_service: string, operation: string, input: never): Promise<unknown> => {
    const { Prefix = "", Delimiter, ContinuationToken, Key = "" } = input as Record<string, string>;
    calls.push(`${operation} ${Prefix}${Key}`);
    if (operation === "GetBucketLocation") return { LocationConstraint: "eu-west-1" };
    if (denied !== undefined && (Prefix.startsWith(denied) || Key.startsWith(denied))) {
      throw new AwsError("ORGRAIL4004", "denied", {
        kind: "access-denied",
        site: { service: "s3", operation },
        said: "no",
      });
    }
    if (operation === "GetObject") {
      const bytes = objects.get(Key) ?? Buffer.alloc(0);
      return { Body: { transformToByteArray: async () => new Uint8Array(bytes) } };
    }
    const entries = new Map<string, object>();
    for (const [key, bytes] of [...objects].sort()) {
      if (!key.startsWith(Prefix)) continue;
      const cut = Delimiter === undefined ? -1 : key.indexOf(Delimiter, Prefix.length);
      if (cut === -1) entries.set(key, { Key: key, Size: bytes.length, ETag: "e" });
      else entries.set(key.slice(0, cut + 1), { Prefix: key.slice(0, cut + 1) });
    }
    const from = Number(ContinuationToken ?? 0);
    const page = [...entries.values()].slice(from, from + 2);
    const isLast = from + 2 >= entries.size;
    return {
      Contents: page.filter((entry) => "Key" in entry),
      CommonPrefixes: page.filter((entry) => "Prefix" in entry),
      IsTruncated: !isLast,
      ...(isLast ? {} : { NextContinuationToken: String(from + 2) }),
    };
  };
  return { aws: { call, region: "us-east-1" } as unknown as Aws, calls };
}

const places = [
  ["111111111111", "eu-west-1", "2026-07-31"],
  ["111111111111", "eu-west-1", "2026-08-01"],
  ["111111111111", "us-east-1", "2026-08-01"],
  ["222222222222", "us-east-1", "2026-08-02"],
] as const;
const objects = new Map<string, Buffer>(
  places.map(([account, region, day], number) => [
    trailPath(account, region, day, `f${number}`),
    logFile([sampleEvent(number)]),
  ]),
);
objects.set(
  "AWSLogs/o-abc1234567/111111111111/CloudTrail-Digest/eu-west-1/2026/08/01/d.json.gz",
  Buffer.from("x"),
);

async function read(
  selection: LogSelection,
  denied?: string,
): Promise<{ ids: unknown[]; gaps: number; calls: string[] }> {
  const { aws, calls } = fakeS3(objects, denied);
  const source = s3Source({ aws, url: "s3://bucket-1/AWSLogs", selection });
  const ids: unknown[] = [];
  let unread = 0;
  const options = {
    threads: 0,
    onUnread: () => {
      unread += 1;
    },
  };
  for await (const { events } of readEvents(source, options)) {
    ids.push(...events.map(({ eventID }) => Number(eventID?.slice(-2))));
  }
  return { ids, gaps: source.gaps.length + unread, calls };
}

test("everything, account by account and month by month, and no digests", async () => {
  const { ids, gaps, calls } = await read({});
  expect(ids).toEqual([0, 1, 2, 3]);
  expect(gaps).toBe(0);
  expect(calls.filter((call) => call.startsWith("GetObject"))).toHaveLength(4);
});

test("what is not wanted is not listed", async () => {
  const byAccount = await read({ accounts: new Set(["222222222222"]) });
  expect(byAccount.ids).toEqual([3]);
  expect(byAccount.calls.some((call) => call.includes("111111111111/CloudTrail/"))).toBe(false);
  expect((await read({ regions: new Set(["eu-west-1"]) })).ids).toEqual([0, 1]);
  const byDay = await read({ from: "2026-08-01", to: "2026-08-01" });
  expect(byDay.ids).toEqual([1, 2]);
  expect(byDay.calls.some((call) => call.includes("2026/07/"))).toBe(false);
});

test("a prefix that is denied is a gap, and the rest is read", async () => {
  const prefix = "AWSLogs/o-abc1234567/111111111111/CloudTrail/eu-west-1/";
  const { ids, gaps } = await read({}, prefix);
  expect(ids).toEqual([2, 3]);
  expect(gaps).toBe(1);
});

test("one object by its key", async () => {
  const { aws } = fakeS3(objects);
  const [key = ""] = objects.keys();
  const source = s3Source({ aws, url: `s3://bucket-1/${key}`, selection: {} });
  const found: number[] = [];
  for await (const { events } of readEvents(source, { threads: 0 })) found.push(events.length);
  expect(found).toEqual([1]);
});

test.each(["bucket/x", "s3://", "s3://Bad_Bucket/x", "https://x"])(
  "%s is no place in S3",
  (url) => {
    expect(() => parseS3Url(url)).toThrow("is no place in S3");
  },
);
