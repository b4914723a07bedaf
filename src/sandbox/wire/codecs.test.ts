import * as iam from "@aws-sdk/client-iam";
import * as organizations from "@aws-sdk/client-organizations";
import { QueryShapeSerializer, XmlCodec } from "@aws-sdk/core/protocols";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { fromJson, toJson } from "./json.ts";
import { fromQuery, parameterTree } from "./query.ts";
import { type Operation, operationsOf } from "./shape.ts";
import { missingMembers } from "./wire-service.ts";
import { escapeXml, xmlMembers } from "./xml.ts";

const iamOperations = operationsOf(iam);
const organizationsOperations = operationsOf(organizations);

function operation(from: ReadonlyMap<string, Operation>, name: string): Operation {
  const found = from.get(name);
  if (found === undefined) throw new Error(`no operation ${name}`);
  return found;
}

const noProblem = (path: string, problem: string): void => {
  throw new Error(`${path}: ${problem}`);
};

/** Text without control characters, which XML cannot carry, and without blanks at its ends. */
const text = fc
  .string({ unit: "grapheme", minLength: 1 })
  .filter((value) => value.trim() === value && !/[\p{Cc}\p{Cn}\p{Cs}\u2028]/u.test(value));

describe("query parameters", () => {
  const { input } = operation(iamOperations, "CreateRole");

  test("what the SDK serialises is read back", () => {
    fc.assert(
      fc.property(
        fc.record(
          {
            RoleName: text,
            AssumeRolePolicyDocument: text,
            MaxSessionDuration: fc.integer({ min: 0, max: 50_000 }),
            Tags: fc.array(fc.record({ Key: text, Value: text }), { minLength: 1, maxLength: 12 }),
          },
          { requiredKeys: ["RoleName", "AssumeRolePolicyDocument"] },
        ),
        (value) => {
          const serializer = new QueryShapeSerializer({
            timestampFormat: { useTrait: true, default: 5 },
            serializeEmptyLists: true,
          });
          serializer.write(input.schema, value);
          const form = new URLSearchParams(String(serializer.flush()));
          expect(fromQuery(input, parameterTree(form), noProblem)).toEqual(value);
        },
      ),
    );
  });

  test.each([
    ["MaxSessionDuration=abc", "MaxSessionDuration: expected a number"],
    ["MaxSessionDuration=", undefined],
  ])("%s", (form, problem) => {
    const problems: string[] = [];
    fromQuery(input, parameterTree(new URLSearchParams(form)), (path, what) =>
      problems.push(`${path}: ${what}`),
    );
    expect(problems).toEqual(problem === undefined ? [] : [problem]);
  });
});

describe("XML", () => {
  const { output } = operation(iamOperations, "ListRoleTags");

  test("what is written is read back by the SDK", () => {
    const codec = new XmlCodec({
      timestampFormat: { useTrait: true, default: 5 },
      httpBindings: false,
      xmlNamespace: "",
      serviceNamespace: "",
    });
    fc.assert(
      fc.property(
        fc.record({
          Tags: fc.array(fc.record({ Key: text, Value: text }), { minLength: 1, maxLength: 5 }),
          IsTruncated: fc.boolean(),
        }),
        (value) => {
          const xml = `<Result>${xmlMembers(output, value)}</Result>`;
          const read = codec.createDeserializer().read(output.schema, Buffer.from(xml));
          expect(read).toEqual(value);
        },
      ),
    );
  });

  test("escapes what would end an element or be folded", () => {
    expect(escapeXml(`a<b>&"c"\r`)).toBe("a&lt;b&gt;&amp;&quot;c&quot;&#xD;");
  });
});

describe("JSON", () => {
  const { input, output } = operation(organizationsOperations, "DescribeCreateAccountStatus");
  const options = { jsonName: false };

  test("timestamps are epoch seconds, absent members stay away", () => {
    const at = new Date(1_700_000_000_250);
    const value = {
      CreateAccountStatus: { Id: "car-1", RequestedTimestamp: at, State: undefined },
    };
    const json = toJson(output, value, options);
    expect(json).toEqual({
      CreateAccountStatus: { Id: "car-1", RequestedTimestamp: 1_700_000_000.25 },
    });
    expect(fromJson(output, json, options, noProblem)).toEqual({
      CreateAccountStatus: { Id: "car-1", RequestedTimestamp: at },
    });
  });

  test.each<[unknown, string]>([
    [[], ": expected an object"],
    [{ CreateAccountRequestId: 1 }, "CreateAccountRequestId: expected a string"],
    [{ CreateAccountRequestId: {} }, "CreateAccountRequestId: expected a string"],
  ])("%j does not fit", (value, problem) => {
    const problems: string[] = [];
    fromJson(input, value, options, (path, what) => problems.push(`${path}: ${what}`));
    expect(problems).toEqual([problem]);
  });

  test("unknown members and nulls are dropped", () => {
    const value = { CreateAccountRequestId: null, Unknown: 1, constructor: "x" };
    expect(fromJson(input, value, options, noProblem)).toEqual({});
  });
});

describe("required members", () => {
  test("are named by their paths, nested ones too", () => {
    const { input } = operation(organizationsOperations, "TagResource");
    expect(missingMembers(input, { Tags: [{ Key: "a" }, { Key: "b", Value: "c" }] })).toEqual([
      "ResourceId",
      "Tags[0].Value",
    ]);
    expect(missingMembers(input, { ResourceId: "r-abcd", Tags: [] })).toEqual([]);
  });
});
