import fc from "fast-check";
import { afterAll, expect, test } from "vitest";
import { checkUnits, type ReadRows } from "../../../test/support/logs/check-units.ts";
import type { ExpectedRow, WrittenLog } from "../../../test/support/logs/expected-unit.ts";
import { randomLog } from "../../../test/support/logs/random-logs.ts";
import {
  jsonOfBytes,
  type WrittenRecord,
  writeMember,
  writeObject,
} from "../../../test/support/logs/written-records.ts";
import { sampleEvent } from "../test-support/sample-events.ts";
import { createUnitBuilder } from "./unit-builder.ts";

// DuckDB is the judge of what readers of ours do not read: truths, and texts without a dictionary.
const { DuckDBInstance } = await import("@duckdb/node-api");
const instance = await DuckDBInstance.create(":memory:", { threads: "1" });
const duckdb = await instance.connect();
/** One for all tests: nothing of a unit may be left in the next. */
const buildUnit = createUnitBuilder();

afterAll(() => {
  duckdb.closeSync();
  instance.closeSync();
});

const readByDuckdb: ReadRows = async (path) => {
  const reader = await duckdb.runAndReadAll(
    `SELECT * REPLACE (epoch_ms("eventTime")::DOUBLE AS "eventTime") FROM read_parquet('${path}')`,
  );
  return reader.getRowObjectsJS() as unknown as ExpectedRow[];
};

test("the files of units hold what JSON.parse finds in the records, whatever is odd in them", async () => {
  const logs = fc.array(randomLog, { minLength: 1, maxLength: 3 });
  const units = fc.array(logs, { minLength: 1, maxLength: 3 });
  const property = fc.asyncProperty(units, (unitLogs) => checkUnits(buildUnit, unitLogs));
  await fc.assert(property, { numRuns: 20 });
});

test("DuckDB finds the same in all columns", async () => {
  const logs = fc.array(randomLog, { minLength: 1, maxLength: 2 });
  const property = fc.asyncProperty(logs, (own) => checkUnits(buildUnit, [own], readByDuckdb));
  await fc.assert(property, { numRuns: 8 });
});

const objects = ["userIdentity", "sessionContext", "sessionIssuer", "attributes"];

/** A record by an event as AWS writes it; what is given as JSON is written so. */
function recordOf(event: object, written: Readonly<Record<string, string>> = {}): WrittenRecord {
  return writeObject(
    Object.entries(event).map(([name, value]) => {
      const own = written[name] ?? (objects.includes(name) ? recordOf(value) : undefined);
      return writeMember(name, own ?? JSON.stringify(value));
    }),
  );
}

function logOf(records: readonly (WrittenRecord & { readonly isCut?: boolean })[]): WrittenLog {
  return {
    text: `{"Records":[${records.map(({ raw }) => raw).join()}]}`,
    records: records.map((record) => ({ isCut: false, ...record })),
  };
}

async function answersOf(records: readonly WrittenRecord[]): Promise<readonly unknown[]> {
  const answers: unknown[] = [];
  await checkUnits(buildUnit, [[logOf(records)]], async (path) => {
    const rows = await readByDuckdb(path);
    answers.push(...rows.map(({ responseElements }) => String(responseElements).length));
    return rows;
  });
  return answers;
}

test.each<readonly [string, string, readonly number[], number]>([
  ["an answer", "ec2.amazonaws.com", [1_023, 1_024], 1_025],
  ["an answer of AWS Organizations", "organizations.amazonaws.com", [65_535, 65_536], 65_537],
])(
  "%s is kept up to its limit, and never with a session's token",
  async (_, source, kept, most) => {
    const sizes = [...kept, most];
    const records = [...sizes, ...sizes].map((bytes, number) =>
      recordOf(sampleEvent(number, { eventSource: source }), {
        responseElements: jsonOfBytes(bytes, number < 3 ? '"a":' : '"sessionToken":'),
      }),
    );
    expect(await answersOf(records)).toEqual([...kept, 4, 4, 4, 4]);
  },
);

test("a record like one that was rejected for its time is taken in", async () => {
  const times = ["2026-08-01T1x:00:00Z", "2026-08-01T10:00:00Z", "2026-08-01T10:00:00z"];
  const records = times.map((eventTime, number) =>
    recordOf({ ...sampleEvent(1), eventID: `id-${number}`, eventTime }),
  );
  await checkUnits(buildUnit, [[logOf(records)], [logOf(records.slice(1))]], readByDuckdb);
});

test("what is broken is not taken for a record like one whose ids are no texts", async () => {
  const { raw } = recordOf({ ...sampleEvent(1), userAgent: "p".repeat(120), sharedEventID: 0 });
  for (const [value, broken] of [
    ["null", 'nul"'],
    ["12", '1"'],
    ['["a"]', '["a",'],
  ] as const) {
    const members = recordOf({ ...sampleEvent(1), userAgent: "p".repeat(120) }).members;
    const whole = writeObject([...members, writeMember("sharedEventID", value)]);
    const cut = raw.replace('"sharedEventID":0', `"sharedEventID":${broken}`);
    expect(cut).not.toBe(raw);
    const log = logOf([whole, { raw: cut, members: [], isCut: true }]);
    await checkUnits(buildUnit, [[log]], readByDuckdb);
  }
});

test("of an object that comes twice nothing is left of the first", async () => {
  const twice = (name: string, first: string, second: string): WrittenRecord => {
    const { members } = recordOf(sampleEvent(1));
    const others = members.filter((member) => member.name !== name);
    const within = writeObject([writeMember("arn", first), writeMember("type", first)]);
    return writeObject([...others, writeMember(name, within), writeMember(name, second)]);
  };
  const values = ["null", '"x"', "{}", '{"type":"Root"}'];
  const records = values.map((value) => twice("userIdentity", '"first"', value));
  await checkUnits(buildUnit, [records.map((record) => logOf([record]))], readByDuckdb);
});

test.each(["172000", '["2026-08-01"]', "{}", '"event 5"', '"eu-west-1"', "null"])(
  "an eventTime of %s is no time",
  async (time) => {
    const record = recordOf(sampleEvent(1), { eventTime: time });
    await checkUnits(buildUnit, [[logOf([record, recordOf(sampleEvent(2))])]]);
  },
);

test("a record that names no account is of the one that its file's name says", async () => {
  const records = [1, 2, 3].map((number) => {
    const { recipientAccountId: _, ...event } = sampleEvent(number);
    return recordOf(event);
  });
  const accounts = [undefined, "111122223333", "222233334444", undefined, "111122223333"];
  const logs = accounts.map((account, file) => {
    const own = records.map(({ members }, index) =>
      writeObject([...members, writeMember("eventID", `"${file}-${index}"`)]),
    );
    return account === undefined ? logOf(own) : { ...logOf(own), account };
  });
  await checkUnits(buildUnit, [logs, logs.slice(1)]);
});

test("a record that is broken anywhere costs itself only, also among records like it", async () => {
  const good = [1, 2, 3].map((number) =>
    recordOf({ ...sampleEvent(1), eventID: `id-${number}`, requestParameters: { a: [0.5e1] } }),
  );
  const { raw } = good[1] as WrittenRecord;
  const damaged = [
    `${raw}x`,
    `${raw}}`,
    `${raw.slice(0, -1)},}`,
    raw.replace('"awsRegion":', '"awsRegion"'),
    raw.replace('"awsRegion":', '"awsRegion"::'),
    raw.replace("{", "{,"),
    raw.replace("aws-cli", "aws\\cli"),
    raw.replace("aws-cli", "aws\\u00g0"),
    raw.replace("aws-cli", "aws\ncli"),
    raw.replace("[5]", "[05]"),
    raw.replace("[5]", "[5.]"),
    raw.replace("[5]", "[5e]"),
    raw.replace("[5]", "[5,]"),
    raw.replace("[5]", "[-]"),
    raw.replace("[5]", "[5}"),
    raw.replace("true", "True"),
    raw.replace("null", "nil"),
  ];
  const records = damaged.flatMap((broken, number) => {
    expect(broken).not.toBe(raw);
    const whole = good.map(({ members }, index) =>
      writeObject([...members, writeMember("eventID", `"${number}-${index}"`)]),
    );
    return [...whole.slice(1), { raw: broken, members: [], isCut: true }, ...whole.slice(0, 1)];
  });
  await checkUnits(buildUnit, [[logOf(records)], [logOf(records.slice(0, -1))]], readByDuckdb);
});

test("a file that is cut off is not read on where a longer one was before it", async () => {
  const records = [1, 2, 3].map((number) => recordOf(sampleEvent(number)));
  const whole = logOf(records);
  const cuts = [1, 2, 3, 17, 100].map((bytes) => {
    const last = { raw: (records[2] as WrittenRecord).raw.slice(0, -bytes), members: [] };
    const own = logOf([...records.slice(0, 2), { ...last, isCut: true }]);
    return { ...own, text: own.text.slice(0, -2) };
  });
  await checkUnits(buildUnit, [cuts.flatMap((cut) => [whole, cut]), cuts]);
});

test("what seems alike is not: members hidden in an id, and files of one layout", async () => {
  const usual = recordOf({
    ...sampleEvent(1),
    eventID: "id-1",
    sharedEventID: "0123456789abcdef0",
  });
  const hiding = recordOf({
    ...sampleEvent(1),
    eventID: "id-2",
    sharedEventID: "01",
    errorCode: "",
  });
  expect(hiding.raw.length).toBe(usual.raw.length);
  const broken = usual.raw.replace("0123456789abcdef0", "0123456789abcdef\\");
  const last = recordOf({ ...sampleEvent(2), eventID: "id-3" });
  const log = logOf([usual, hiding, { raw: broken, members: [], isCut: true }, last]);
  const files = [200, 90, 150, 201].map((length, file) =>
    logOf([
      recordOf(
        { eventVersion: "1.08", requestParameters: {}, ...sampleEvent(file) },
        { requestParameters: jsonOfBytes(length), userAgent: `"${"u".repeat(length)}"` },
      ),
    ]),
  );
  await checkUnits(buildUnit, [[log], files, files.slice(1)], readByDuckdb);
});

test("many different records, and each again: tables are full, others become larger", async () => {
  const records = Array.from({ length: 2_600 }, (_, index) => {
    const number = index % 1_300;
    const day = new Date(Date.UTC(2026, 0, 1 + (number % 90), 1, 2, number % 60));
    return recordOf({
      ...sampleEvent(number),
      eventTime: day.toISOString().replace(".000Z", "Z"),
      eventID: index % 9 === 0 ? "same" : `id-${index}`,
      eventName: `Name${number}`,
      errorMessage: "m".repeat(number % 80),
      requestParameters: { number, text: "r".repeat(number % 600) },
      recipientAccountId: number % 2 === 0 ? "111122223333" : "222233334444",
    });
  });
  await checkUnits(buildUnit, [[logOf(records.slice(0, 100)), logOf(records.slice(100))]]);
});

test("long values stay whole", async () => {
  const records = [63, 64, 65, 511, 512, 513, 65_535, 65_536, 65_537, 300_000].flatMap((bytes) =>
    ["a", "b", "\u00e9", "a"].map((end, turn) => {
      const text = "x".repeat(bytes - 1) + end;
      return recordOf({
        ...sampleEvent(turn),
        eventID: `${bytes}-${turn}-${text}`,
        userAgent: text,
        errorMessage: `${text}"`,
        requestParameters: { text },
        additionalEventData: [text],
      });
    }),
  );
  await checkUnits(buildUnit, [[logOf(records)], [logOf(records.slice(0, 9))]], readByDuckdb);
});
