import fc from "fast-check";
import { fields } from "../../../src/logs/record/fields.ts";
import type { WrittenLog } from "./expected-unit.ts";
import {
  jsonOfBytes,
  type Member,
  type WrittenRecord,
  writeMember,
  writeObject,
} from "./written-records.ts";

/** Once in `most` plus one. */
function seldom<T>(most: number, of: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> {
  return fc.oneof(
    { weight: most, arbitrary: fc.constant(undefined) },
    { weight: 1, arbitrary: of },
  );
}

const spaces = fc.constantFrom("", "", " ", "\n", "\t\r\n  ");

/** Values of every kind, where AWS writes texts. */
const value = fc.oneof(
  {
    weight: 8,
    arbitrary: fc.constantFrom(
      ...['"a"', '"b"', '""', '"eu-west-1"', '"seven77"', '"eight888"', '"nine99999"'],
      ...['"quote\\"d"', '"back\\\\slash"', '"\\u00e9"', '"é"', '"\\ud83d\\ude00"', '"😀"'],
      ...['"\\ud800"', '"x\\udc00y"', '"line\\nline\\/\\b\\f\\r\\t"', '"\u007f"', '"\\u0000"'],
    ),
  },
  {
    weight: 2,
    arbitrary: fc.constantFrom(
      ...["null", "true", "false", '"true"', '"false"', "0", "-1.5e+3", "12E2", "[]", "{}"],
      ...['[ 1 , [ "}" ] ,{"a" : null}]', '{ "kind" : "x" , "b" :[ ] }', '{"\\u0061":"\\""}'],
    ),
  },
  {
    weight: 1,
    arbitrary: fc
      .constantFrom(13, 14, 15, 61, 62, 63, 64, 510, 511, 512, 513)
      .map((length) => `"${"long".repeat(length).slice(0, length)}"`),
  },
);

/** Long values that begin or end alike. */
const longJson = fc.constantFrom(
  ...[0, 1, 2].map((end) => `{"a":"${"b".repeat(90)}${end}"}`),
  ...[0, 1, 2].map((end) => `{"a${end}":["${"b".repeat(90)}"]}`),
  ...[1_023, 1_024, 1_025].map((bytes) => jsonOfBytes(bytes)),
  '"sessionToken"',
  jsonOfBytes(100, '"sessionToken":'),
  jsonOfBytes(100, '"sessionTokens":'),
);

function member(
  name: string,
  of: fc.Arbitrary<string | WrittenRecord>,
  mayBeMissing = true,
): fc.Arbitrary<readonly Member[]> {
  const escapeAt = seldom(30, fc.nat(Math.max(0, name.length - 1)));
  const written = fc.tuple(of, escapeAt).map((parts) => [writeMember(name, ...parts)]);
  return mayBeMissing ? fc.oneof({ weight: 3, arbitrary: written }, fc.constant([])) : written;
}

function object(members: readonly fc.Arbitrary<readonly Member[]>[]): fc.Arbitrary<WrittenRecord> {
  return fc
    .tuple(fc.tuple(...members), spaces, fc.nat(members.length))
    .map(([parts, space, turn]) => {
      const turned = [...parts.slice(turn), ...parts.slice(0, turn)].flat();
      return writeObject(turned, space);
    });
}

function within(path: string): fc.Arbitrary<string | WrittenRecord> {
  const depth = path.split(".").length + 1;
  const names = fields.filter((f) => f.startsWith(`${path}.`) && f.split(".").length === depth);
  if (names.length === 0) return value;
  const own = names.map((field) => onceOrTwice(field.slice(path.length + 1), within(field)));
  const passed = member("webIdFederationData", fc.constant('{ "type":"x","arn" : ["y"]}'));
  const whole = object([...own, passed]);
  return fc.oneof({ weight: 9, arbitrary: whole }, value);
}

const long = ["requestParameters", "responseElements", "additionalEventData", "resources"];
const usual: Readonly<Record<string, readonly string[]>> = {
  eventVersion: ['"1.08"', '"1.11"', '"2.0"', '"1.x"'],
  eventSource: ['"organizations.amazonaws.com"', '"ec2.amazonaws.com"'],
  eventName: ['"CreatePolicy"', '"DescribeInstances"'],
  eventType: ['"AwsApiCall"', '"AwsCloudTrailInsight"'],
  recipientAccountId: ['"111122223333"', '"222233334444"', "111122223333", '"1"', '"../../x"'],
  errorCode: ['"AccessDenied"', '"Client.UnauthorizedOperation"', '"Throttling"'],
  errorMessage: ['"x with an explicit deny in a service control policy"'],
};

function topMember(name: string): fc.Arbitrary<readonly Member[]> {
  const known = usual[name];
  const own = known === undefined ? value : fc.oneof(fc.constantFrom(...known), value);
  if (name === "userIdentity") return onceOrTwice(name, within(name));
  if (long.includes(name)) return member(name, fc.oneof(longJson, value));
  if (name === "eventName" || name === "eventSource") {
    return fc.oneof({ weight: 30, arbitrary: member(name, own, false) }, fc.constant([]));
  }
  return onceOrTwice(name, own);
}

/** Of members of one name the last counts. */
function onceOrTwice(
  name: string,
  own: fc.Arbitrary<string | WrittenRecord>,
): fc.Arbitrary<readonly Member[]> {
  const twice = fc.tuple(member(name, own, false), member(name, own, false));
  const both = twice.map((parts) => parts.flat());
  return fc.oneof({ weight: 15, arbitrary: member(name, own) }, both);
}

const volatileNames = ["eventTime", "requestID", "eventID", "sharedEventID"];
const topNames = fields.filter((field) => !field.includes("."));
const stable = topNames.filter((name) => !volatileNames.includes(name));

/** What many records of a log have, and where the members stand that differ in each. */
const template = fc.record({
  members: fc.tuple(...[...stable, "tlsDetails", "apiVersion", "other", ""].map(topMember)),
  places: fc.array(fc.nat(30), { minLength: 4, maxLength: 4 }),
  space: spaces,
});

const oddTime = fc.constantFrom(
  ...[
    "2026-08-01T10:00:00.123Z",
    "2026-08-01T10:00:00+02:00",
    "2026-08-01",
    "2026-02-30T00:00:00Z",
  ],
  ...["2026-02-32T00:00:00Z", "1969-12-31T23:59:59Z", "1900-01-01T00:00:00Z", "2101-01-01T0:00:0Z"],
  ...[
    "9999-12-31T23:59:59Z",
    "2026-08-01T24:00:00Z",
    "2026-08-01T24:00:01Z",
    "1926-08-02T12:00:01Z",
    "2026-08-01T23:59:60Z",
    "never",
    "event 5",
    "",
  ],
  ...[
    "2026-08-01T1x:00:00Z",
    "2026-08-01T10.00.00Z",
    "2026-13-01T10:00:00Z",
    "0001-01-01T00:00:00Z",
  ],
);
const usualTime = fc
  .tuple(fc.integer({ min: 1, max: 3 }), fc.nat(23), fc.nat(59))
  .map(([day, hour, second]) => new Date(Date.UTC(2026, 7, day, hour, 0, second)).toISOString())
  .map((time) => time.replace(".000Z", "Z"));
const id = fc.oneof(
  { weight: 9, arbitrary: fc.nat(400).map((number) => `"id-${String(number).padStart(6, "0")}"`) },
  value,
);

/** A record of a log: which template, and what is its own. */
const pick = fc.record({
  template: fc.nat(3),
  time: fc.oneof({ weight: 9, arbitrary: usualTime }, oddTime).map((time) => JSON.stringify(time)),
  requestID: id,
  eventID: id,
  sharedEventID: id,
  change: seldom(3, fc.tuple(fc.nat(20), value)),
  cutAt: seldom(60, fc.double({ min: 0, max: 0.99, noNaN: true })),
});

/** A log in which much is odd, and much comes again. */
export const randomLog: fc.Arbitrary<WrittenLog> = fc
  .record({
    templates: fc.array(template, { minLength: 4, maxLength: 4 }),
    picks: fc.array(pick, { maxLength: 40, size: "max" }),
    shape: fc.constantFrom("trail", "trail", "list", "lines", "envelopes", "lookup"),
    account: fc.constantFrom(undefined, "333344445555"),
    space: spaces,
  })
  .map(({ templates, picks, shape, account, space }) => {
    const isList = shape === "trail" || shape === "list";
    const isBroken = isList && picks.some(({ cutAt }) => cutAt !== undefined);
    const records = picks.map(({ template: number, time, change, cutAt, ...own }) => {
      const { members: parts, places, space: inner } = templates[number] as (typeof templates)[0];
      const values = [time, own.requestID, own.eventID, own.sharedEventID];
      const members = parts.flat();
      for (const [index, name] of volatileNames.entries()) {
        const at = places[index] as number;
        if (at < 28) members.splice(at, 0, writeMember(name, values[index] as string));
      }
      const changed = change === undefined ? undefined : members[change[0]];
      if (change !== undefined && changed !== undefined) {
        members[change[0]] = writeMember(changed.name, change[1]);
      }
      // By its first name the next record is found again after one that is broken.
      if (isBroken || !isList) members.unshift(writeMember("eventVersion", '"1.08"'));
      const record = writeObject(members, inner);
      if (!isList || cutAt === undefined) return { ...record, isCut: false };
      return { raw: cut(record.raw, cutAt), members: [], isCut: true };
    });
    const text = inFile(
      shape,
      space,
      records.map(({ raw }) => raw),
    );
    return { text, records, ...(account === undefined ? {} : { account }) };
  });

function inFile(shape: string, space: string, records: readonly string[]): string {
  const list = `[${space}${records.join(`${space},${space}`)}${space}]`;
  if (shape === "list") return list;
  if (shape === "trail") return `{${space}"Records"${space}:${list}${space}}`;
  if (shape === "lines") return records.join("\n");
  const own = (raw: string): string => `{"detail-type"${space}:"x","detail":${space}${raw}}`;
  if (shape === "envelopes") return records.map(own).join("\n");
  return JSON.stringify({ Events: records.map((raw) => ({ CloudTrailEvent: raw })) });
}

/** A beginning of a record that has its first name, not within a character. */
function cut(raw: string, at: number): string {
  const length = Math.max(raw.indexOf(":") + 1, Math.floor(raw.length * at));
  return (raw.codePointAt(length - 1) ?? 0) > 0xffff
    ? raw.slice(0, length - 1)
    : raw.slice(0, length);
}
