import fc from "fast-check";
import { expect, test } from "vitest";
import { logFile, sampleEvent } from "../test-support/sample-events.ts";
import { createFindRecords } from "./find-records.ts";
import { createRecordSelector, type RecordFilter } from "./select-records.ts";

const filter: RecordFilter = { named: new Set(["StopLogging", "é"]), containing: ['"Root"'] };
const select = createRecordSelector();
const findRecords = createFindRecords();

function isWanted(record: { eventName?: string }): boolean {
  return record.eventName === "StopLogging" || JSON.stringify(record).includes('"Root"');
}

async function selected(
  bytes: Buffer,
  wanted: RecordFilter | undefined,
): Promise<{ events: unknown; indices: number[]; seen: number; rejected: number }> {
  const object = { name: "test", size: bytes.length, tag: "" };
  const task = { items: [{ object, bytes }], ...(wanted === undefined ? {} : { filter: wanted }) };
  const [file] = (await select(task)).files;
  return {
    events: JSON.parse(Buffer.from(file?.records ?? "").toString() || "[]"),
    indices: [...(file?.indices ?? [])],
    seen: file?.seen ?? -1,
    rejected: file?.rejected.length ?? -1,
  };
}

const record = fc
  .record({
    number: fc.integer({ min: 0, max: 3 }),
    eventName: fc.constantFrom("DescribeInstances", "StopLogging", "PutObject"),
    type: fc.constantFrom("Root", "IAMUser"),
    nested: fc.constantFrom<unknown>(
      undefined,
      { eventName: "StopLogging" },
      [{ eventVersion: "1", eventName: "StopLogging" }, { eventVersion: "2" }],
      'a "text" with {"eventVersion":"1.0","eventName":"StopLogging"} in it',
    ),
  })
  .map(({ number, eventName, type, nested }) =>
    sampleEvent(number, {
      eventName,
      userIdentity: { type },
      ...(nested === undefined ? {} : { requestParameters: { nested } as never }),
    }),
  );

test("the search finds what the walk finds", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(record, { maxLength: 12 }), async (records) => {
      const found = await selected(logFile(records), filter);
      const wanted = records.flatMap((event, index) => (isWanted(event) ? [{ event, index }] : []));
      const events = found.events as { eventName?: string }[];
      // A record may be given that has a wanted name further in; none that is wanted is left out.
      expect(events.filter(isWanted)).toEqual(wanted.map(({ event }) => event));
      for (const event of events) expect(records).toContainEqual(event);
      expect(found.rejected).toBe(0);
    }),
    { numRuns: 80 },
  );
});

test("places in the file are counted from 0", async () => {
  const records = [0, 1, 2, 3].map((number) =>
    sampleEvent(number, number % 2 === 1 ? { eventName: "StopLogging" } : {}),
  );
  expect(await selected(logFile(records), filter)).toMatchObject({ indices: [1, 3], seen: 4 });
  expect(await selected(logFile(records), undefined)).toMatchObject({
    indices: [0, 1, 2, 3],
    seen: 4,
  });
});

test("bytes that are not UTF-8 are mended alike by the search and by the walk", async () => {
  const Records = [0, 1].map((number) =>
    sampleEvent(number, { eventName: "StopLogging", userAgent: "XYZ é" }),
  );
  const broken = Buffer.from(JSON.stringify({ Records }));
  for (let at = broken.indexOf("XYZ"); at !== -1; at = broken.indexOf("XYZ")) {
    broken.set([0xff, 0xe2, 0x82], at);
  }
  expect(findRecords(broken, filter)?.indices).toEqual([0, 1]);
  const searched = await selected(broken, filter);
  expect(searched).toEqual(await selected(broken, undefined));
  expect(searched.events).toMatchObject(Records.map(() => ({ userAgent: "\ufffd\ufffd é" })));
});

test("files in another form, and broken ones, are left to the walk", () => {
  const wanted = sampleEvent(1, { eventName: "StopLogging" });
  const bytes = (text: string): Buffer => Buffer.from(text);
  expect(findRecords(bytes(`${JSON.stringify(wanted)}\n`), filter)).toBeUndefined();
  expect(
    findRecords(bytes(JSON.stringify({ Records: [wanted] }, null, 1)), filter),
  ).toBeUndefined();
  const whole = JSON.stringify({ Records: [wanted, wanted] });
  expect(findRecords(bytes(whole.slice(0, -9)), filter)).toBeUndefined();
  expect(findRecords(bytes(whole.replace('"readOnly":', '"readOnly"')), filter)).toBeUndefined();
  expect(findRecords(bytes(whole), filter)?.records).toHaveLength(2);
});

test("a broken record is told, and the wanted ones around it are found", async () => {
  const wanted = sampleEvent(1, { eventName: "StopLogging" });
  const other = sampleEvent(2, { eventName: "StopLogging" });
  const text = JSON.stringify({ Records: [wanted, other, wanted] });
  const broken = text.replace('"request-2"', "request-2");
  expect(await selected(Buffer.from(broken), filter)).toMatchObject({
    events: [wanted, wanted],
    rejected: 1,
  });
});
