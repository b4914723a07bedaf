import { expect, test } from "vitest";
import { type LogObject, readObjectName } from "../read/log-object.ts";
import type { DigestSpan } from "./check-digests.ts";
import { createDigestGuard } from "./digest-guard.ts";

const account = "111122223333";
const chain = `${account}_CloudTrail-Digest_eu-west-1_trail_eu-west-1`;

/** One an hour, not at full hours: CloudTrail's begin when the trail did. */
function spanOf(hour: number): DigestSpan {
  return { chain, start: `2026-08-01T0${hour}:30:10Z`, end: `2026-08-01T0${hour + 1}:30:10Z` };
}

function logAt(time: string, region = "eu-west-1"): LogObject {
  const name = `s3://b/AWSLogs/${account}/CloudTrail/${region}/2026/08/01/${account}_CloudTrail_${region}_20260801T${time}Z_a.json.gz`;
  return { name, size: 1, tag: "", ...readObjectName(name) };
}

function foreignOf(spans: readonly DigestSpan[], objects: readonly LogObject[]): string[] {
  const named = logAt("0200");
  const guard = createDigestGuard({ hashes: new Map([[named.name.slice(5), "h"]]), spans }, {});
  for (const object of objects) guard.noteListed(object);
  const { names, count } = guard.foreign();
  expect(count).toBe(names.length);
  return names.map((name) => name.replace(/^.*T(\d{4})Z.*$/, "$1"));
}

test("a file that digests had to name is told", () => {
  const spans = [spanOf(0), spanOf(1), spanOf(2)];
  const times = ["0029", "0031", "0130", "0200", "0229", "0231", "0330", "0345"];
  const objects = times.map((time) => logAt(time));
  // Those of the last digest's time may have been delivered after it; the one of 02:00 is named.
  expect(foreignOf(spans, objects)).toEqual(["0031", "0130", "0229"]);
});

test("where the digests are not there, or are of another Region, nothing is known", () => {
  expect(foreignOf([spanOf(0), spanOf(2)], [logAt("0100"), logAt("0145")])).toEqual([]);
  expect(foreignOf([spanOf(0), spanOf(1)], [logAt("0100", "us-east-1")])).toEqual([]);
  expect(foreignOf([], [logAt("0100")])).toEqual([]);
});
