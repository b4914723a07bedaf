import { describe, expect, test } from "vitest";
import { type DecodedMessage, decodeMessage } from "./decode-message.ts";

const event = { eventName: "StopLogging", eventSource: "cloudtrail.amazonaws.com", eventID: "e1" };
const s3Record = (key: string, eventName = "ObjectCreated:Put"): object => ({
  eventSource: "aws:s3",
  eventName,
  s3: { bucket: { name: "b" }, object: { key, size: 12, eTag: "t" } },
});

const cases: readonly (readonly [string, unknown, DecodedMessage])[] = [
  [
    "an event of EventBridge",
    { "detail-type": "AWS API Call via CloudTrail", source: "aws.cloudtrail", detail: event },
    { kind: "events", events: [event] },
  ],
  [
    "a call to S3, whose source is that of its notifications",
    {
      "detail-type": "AWS API Call via CloudTrail",
      source: "aws.s3",
      detail: { ...event, eventSource: "s3.amazonaws.com", eventName: "PutBucketPolicy" },
    },
    {
      kind: "events",
      events: [{ ...event, eventSource: "s3.amazonaws.com", eventName: "PutBucketPolicy" }],
    },
  ],
  ["a record as it is", event, { kind: "events", events: [event] }],
  ["records", { Records: [event] }, { kind: "events", events: [event] }],
  [
    "a notification of S3",
    { Records: [s3Record("a/b+c%3D1.json.gz")] },
    { kind: "objects", objects: [{ bucket: "b", key: "a/b c=1.json.gz", size: 12, eTag: "t" }] },
  ],
  [
    "the same in a message of SNS",
    { Type: "Notification", Message: JSON.stringify({ Records: [s3Record("k")] }) },
    { kind: "objects", objects: [{ bucket: "b", key: "k", size: 12, eTag: "t" }] },
  ],
  [
    "an object made, by EventBridge",
    {
      "detail-type": "Object Created",
      source: "aws.s3",
      detail: { bucket: { name: "b" }, object: { key: "a+b", size: 1, etag: "t" } },
    },
    { kind: "objects", objects: [{ bucket: "b", key: "a+b", size: 1, eTag: "t" }] },
  ],
  [
    "CloudTrail's own notification",
    { s3Bucket: "b", s3ObjectKey: ["k1", "k2"] },
    {
      kind: "objects",
      objects: [
        { bucket: "b", key: "k1" },
        { bucket: "b", key: "k2" },
      ],
    },
  ],
  ["S3's test event", { Service: "Amazon S3", Event: "s3:TestEvent" }, { kind: "test" }],
  [
    "an object that was deleted",
    { Records: [s3Record("k", "ObjectRemoved:Delete")] },
    { kind: "other", reason: "no object was made" },
  ],
  [
    "another event of EventBridge",
    { "detail-type": "Scheduled Event", source: "aws.events", detail: {} },
    { kind: "other", reason: "`Scheduled Event` is no event of CloudTrail" },
  ],
  ["no records", { Records: [] }, { kind: "other", reason: "there are no records" }],
  ["a list", [1], { kind: "unreadable", reason: "it is no JSON object" }],
  [
    "a message within a message within a message",
    { Type: "Notification", Message: JSON.stringify({ Type: "Notification", Message: "{}" }) },
    { kind: "unreadable", reason: "it is a message within a message" },
  ],
];

test.each(cases)("%s", (_, message, expected) => {
  expect(decodeMessage(JSON.stringify(message))).toEqual(expected);
});

test("what is no JSON", () => {
  expect(decodeMessage("{")).toEqual({ kind: "unreadable", reason: "it is no JSON" });
});

describe("with what is wanted", () => {
  const wanted = { named: new Set(["StopLogging"]), containing: ['"Root"'] };
  const message = (detail: object, more: object = {}): string =>
    JSON.stringify({ "detail-type": "AWS API Call via CloudTrail", ...more, detail });
  const calm = { eventSource: "ec2.amazonaws.com", eventName: "RunInstances" };
  const passed = { kind: "events", events: [], passed: 1 };

  test("an event that is not is counted, and not parsed", () => {
    expect(decodeMessage(message(calm), wanted)).toEqual(passed);
    expect(decodeMessage(message(calm))).toEqual({ kind: "events", events: [calm] });
  });

  test.each<[string, string, object]>([
    ["its name", message({ ...calm, eventName: "StopLogging" }), {}],
    ["a name within it", message({ ...calm, requestParameters: { eventName: "StopLogging" } }), {}],
    ["a mark", message({ ...calm, userIdentity: { type: "Root" } }), {}],
    ["no name as text", message(calm).replace("eventName", "event\\u004eame"), {}],
    ["a name in other words", message(calm).replace("RunInst", "R\\u0075nInst"), {}],
    ["blanks", message(calm).replace('"eventName":', '"eventName" : '), {}],
    ["another envelope", message(calm, { "detail-type": "Something" }), {}],
  ])("one that may be by %s is parsed", (_, body) => {
    expect(decodeMessage(body, wanted)).toEqual(decodeMessage(body));
    expect(decodeMessage(body, wanted)).not.toEqual(passed);
  });

  test("what is cut off, or notifies, is as it was", () => {
    const cut = message(calm).slice(0, -10);
    expect(decodeMessage(cut, wanted)).toMatchObject({ kind: "unreadable" });
    const told = JSON.stringify({ s3Bucket: "b", s3ObjectKey: ["k"] });
    expect(decodeMessage(told, wanted)).toEqual(decodeMessage(told));
  });
});
