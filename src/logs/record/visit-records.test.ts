import fc from "fast-check";
import { expect, test } from "vitest";
import { sampleEvent } from "../test-support/sample-events.ts";
import { fields } from "./fields.ts";
import { createRecordScanner } from "./record-scanner.ts";
import { createVisitRecords, mostRecordBytes } from "./visit-records.ts";

const scanner = createRecordScanner();
const visitRecords = createVisitRecords(scanner);

interface Visit {
  readonly records: unknown[];
  readonly rejected: string[];
  readonly others: string[];
}

function visit(text: string): Visit {
  const found: Visit = { records: [], rejected: [], others: [] };
  visitRecords(Buffer.from(text), {
    record: (bytes, start, end) => {
      const record: unknown = JSON.parse(bytes.toString("utf8", start, end));
      expectFields(bytes, record);
      found.records.push(record);
    },
    rejected: (bytes, start, end) => found.rejected.push(bytes.toString("utf8", start, end)),
    other: (what) => found.others.push(what),
  });
  return found;
}

/** Every member that the scanner found is what JSON.parse finds there, and the other way round. */
function expectFields(bytes: Buffer, record: unknown): void {
  for (const [number, path] of fields.entries()) {
    const expected = path
      .split(".")
      .reduce<unknown>(
        (value, name) =>
          typeof value === "object" &&
          value !== null &&
          !Array.isArray(value) &&
          Object.hasOwn(value, name)
            ? (value as Record<string, unknown>)[name]
            : undefined,
        record,
      );
    const start = scanner.start(number);
    const found =
      start === -1 ? undefined : JSON.parse(bytes.toString("utf8", start, scanner.end(number)));
    expect(found, path).toEqual(expected);
  }
}

const one = sampleEvent(1);
const two = sampleEvent(2);
const three = sampleEvent(3);
const text = JSON.stringify;

test.each<readonly [string, string, readonly unknown[]]>([
  ["a trail's file", text({ Records: [one, two] }), [one, two]],
  ["the same, written widely", JSON.stringify({ Records: [one, two] }, null, 2), [one, two]],
  ["Records not first", text({ about: { Records: [1] }, Records: [one] }), [one]],
  ["no records", text({ Records: [] }), []],
  ["JSON lines", `${text(one)}\n${text(two)}\n`, [one, two]],
  ["a list", text([one, two]), [one, two]],
  [
    "files one after the other",
    `${text({ Records: [one] })}${text({ Records: [two] })}`,
    [one, two],
  ],
  [
    "envelopes of EventBridge",
    `${text({ version: "0", "detail-type": "AWS API Call via CloudTrail", detail: one })}\n${text({ detail: two, "detail-type": "x" })}`,
    [one, two],
  ],
  [
    "an answer of LookupEvents",
    text({ Events: [{ EventId: "1", CloudTrailEvent: text(one) }], NextToken: "t" }),
    [one],
  ],
  ["nothing", "", []],
  ["white space", " \n", []],
])("%s", (_, content, expected) => {
  expect(visit(content)).toEqual({ records: expected, rejected: [], others: [] });
});

test("names of members may be written with escapes", () => {
  const escaped = text(one).replace('"eventName"', '"event\\u004eame"');
  expect(visit(`{"Records":[${escaped}]}`).records).toEqual([one]);
});

test("a member that comes twice counts as it does for JSON.parse: the last one", () => {
  const twice = text(one).replace('"eventName"', '"eventName":"First","eventName"');
  expect(visit(`{"Records":[${twice}]}`).records).toEqual([one]);
});

test("a record that is broken costs itself only", () => {
  const broken = text(two).replace('"eventSource":', '"eventSource"');
  const { records, rejected } = visit(`{"Records":[${text(one)},${broken},${text(three)}]}`);
  expect(records).toEqual([one, three]);
  expect(rejected).toEqual([`${broken},`]);
});

test("a line that is broken costs itself only", () => {
  const { records, rejected } = visit(`${text(one)}\n{"eventName":\n${text(three)}\n`);
  expect(records).toEqual([one, three]);
  expect(rejected).toEqual(['{"eventName":\n']);
});

test("a file that is cut off gives what it has", () => {
  const whole = text({ Records: [one, two, three] });
  const { records, rejected } = visit(whole.slice(0, whole.length - 40));
  expect(records).toEqual([one, two]);
  expect(rejected).toHaveLength(1);
});

test("what is no record is rejected; digests and Insights are passed by", () => {
  expect(visit("2 123456789010 eni-1235b8ca 172.31.16.139 ACCEPT OK\n").rejected).toHaveLength(1);
  expect(visit(text({ Records: [{ a: 1 }, 5, one] }))).toMatchObject({ records: [one] });
  expect(visit(text({ digestEndTime: "x", logFiles: [] })).others).toEqual(["digest"]);
  const insight = { eventVersion: "1.07", eventType: "AwsCloudTrailInsight", eventTime: "x" };
  expect(visit(text({ Records: [insight, one] }))).toEqual({
    records: [one],
    rejected: [],
    others: ["insight"],
  });
});

test("a record larger than any of CloudTrail's is rejected, those around it are kept", () => {
  const large = { ...two, userAgent: "x".repeat(mostRecordBytes) };
  const { records, rejected } = visit(text({ Records: [one, large, three] }));
  expect(records).toEqual([one, three]);
  expect(rejected).toHaveLength(1);
});

/** Records that repeat one another in part, as those of a log do. */
const similar = fc
  .array(
    fc.record({
      number: fc.integer({ min: 0, max: 4 }),
      id: fc.integer({ min: 0, max: 99 }),
      different: fc.record(
        {
          eventID: fc.constantFrom("é", 'quote"d', "back\\slash", ""),
          requestParameters: fc.constantFrom<never[]>(
            ...([
              null,
              {},
              [],
              "text",
              { a: "b".repeat(90) },
              { a: `${"b".repeat(89)}c` },
            ] as never[]),
          ),
          userIdentity: fc.constantFrom<never[]>(
            ...([null, {}, { type: "Root" }, { type: "AWSService", invokedBy: "x" }] as never[]),
          ),
          sharedEventID: fc.constant("s1"),
          eventTime: fc.constantFrom("2026-08-01T00:00:00Z", "never"),
          errorCode: fc.constantFrom("AccessDenied", "Access\nDenied"),
        },
        { requiredKeys: [] },
      ),
    }),
    { maxLength: 30 },
  )
  .map((parts) =>
    parts.map(({ number, id, different }) => ({
      ...sampleEvent(number),
      requestID: `request-${id}`,
      eventID: `event-${id}`,
      ...(different as object),
    })),
  );

test("members are found in records that are alike, whatever differs in them", () => {
  fc.assert(
    fc.property(similar, fc.constantFrom(0, 1), (records, indent) => {
      expect(visit(JSON.stringify({ Records: records }, null, indent))).toEqual({
        records,
        rejected: [],
        others: [],
      });
    }),
    { numRuns: 150 },
  );
});

test("any damage to a file loses no more than the records that it touches", () => {
  const records = Array.from({ length: 8 }, (_, number) => sampleEvent(number));
  const whole = text({ Records: records });
  fc.assert(
    fc.property(
      fc.nat({ max: whole.length - 1 }),
      fc.constantFrom("", '"', "}", "]", "x", "\\"),
      (at, with_) => {
        const damaged = `${whole.slice(0, at)}${with_}${whole.slice(at + 1)}`;
        const before = records.filter(
          (record) => whole.indexOf(text(record)) + text(record).length < at,
        );
        const found = visit(damaged).records;
        expect(found.slice(0, before.length)).toEqual(before);
      },
    ),
    { numRuns: 100 },
  );
});
