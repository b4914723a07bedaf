// biome-ignore-all lint/suspicious/noTemplateCurlyInString: these are placeholders of Fn::Sub
import { describe, expect, test } from "vitest";
import type { Json } from "../../../core/json.ts";
import { parseTemplate, type Template } from "./parse-template.ts";
import {
  creationOrder,
  isWanted,
  parameterValues,
  resolveValue,
  type TemplateScope,
} from "./resolve-template.ts";

const scope: TemplateScope = {
  account: "111122223333",
  region: "eu-west-1",
  partition: "aws",
  stackId: "arn:stack",
  stackName: "stack",
  parameters: { Name: "audit", List: "a, b" },
  resources: new Map([["Role", { physicalId: "role-name", attributes: { Arn: "arn:role" } }]]),
};

function template(value: string): Template {
  const text = `
Parameters:
  Name: { Type: String }
  List: { Type: CommaDelimitedList, Default: "x" }
Mappings:
  Sizes: { eu-west-1: { Days: 30 } }
Conditions:
  InEurope: !Equals [!Ref AWS::Region, eu-west-1]
  Elsewhere: !Not [!Condition InEurope]
  Both: !And [!Condition InEurope, !Equals [!Ref Name, audit]]
Resources:
  Role: { Type: AWS::IAM::Role }
  Thing:
    Type: AWS::SNS::Topic
    Condition: Elsewhere
    Properties:
      Value: ${value}
`;
  const parsed = parseTemplate(text);
  if (!parsed.ok) throw new Error(parsed.problem);
  return parsed.template;
}

test.each<[string, Json]>([
  ["!Ref Name", "audit"],
  ["!Ref List", ["a", "b"]],
  ["!Ref Role", "role-name"],
  ["!Ref AWS::NoValue", undefined as unknown as Json],
  ["!GetAtt Role.Arn", "arn:role"],
  ["!GetAtt [Role, Arn]", "arn:role"],
  ['!Sub "${Name}-${AWS::AccountId}-${Role.Arn}-${!Raw}"', "audit-111122223333-arn:role-${Raw}"],
  ['!Sub ["${Own}/${Name}", { Own: !Ref AWS::Partition }]', "aws/audit"],
  ['!Join ["-", [a, !Ref Name]]', "a-audit"],
  ['!Select [1, !Split ["/", "a/b"]]', "b"],
  ["!If [InEurope, near, far]", "near"],
  ["!If [Both, { Nested: !Ref Name }, none]", { Nested: "audit" }],
  ["!FindInMap [Sizes, !Ref AWS::Region, Days]", 30],
  ['!Base64 "text"', "dGV4dA=="],
  ["{ 'Fn::Sub': '${Name}' }", "audit"],
])("%s", (value, expected) => {
  const parsed = template(value);
  const properties = parsed.resources.Thing?.properties ?? {};
  expect(resolveValue(parsed, properties, scope)).toEqual(
    expected === undefined ? {} : { Value: expected },
  );
});

describe("what is refused", () => {
  test.each([
    ["{", "malformed"],
    ["just text", "unsupported structure"],
    ["Resources: {}", "At least one Resources member"],
    ["Resource: {}", "Invalid template property"],
    ["Resources: { a-b: { Type: T } }", "non alphanumeric"],
    ["Resources: { A: {} }", "must contain a Type"],
    ["Resources: { A: { Type: T, Properties: { X: !Ref Nobody } } }", "[Nobody]"],
    ['Resources: { A: { Type: T, Properties: { X: !Sub "${Nobody.Arn}" } } }', "[Nobody]"],
    ["Resources: { A: { Type: T, DependsOn: Nobody } }", "[Nobody]"],
  ])("%s", (text, problem) => {
    const parsed = parseTemplate(text);
    expect(parsed.ok ? "" : parsed.problem).toContain(problem);
  });

  test("parameters that lack, that nobody declared, and values that are not allowed", () => {
    const parsed = template("x");
    expect(() => parameterValues(parsed, {})).toThrow("[Name] must have values");
    expect(() => parameterValues(parsed, { Name: "a", Other: "b" })).toThrow(
      "[Other] do not exist",
    );
    expect(parameterValues(parsed, { Name: "a" })).toEqual({ Name: "a", List: "x" });
  });

  test("circles, attributes that are not there and functions that are not known", () => {
    const circle = parseTemplate(
      "Resources: { A: { Type: T, DependsOn: B }, B: { Type: T, DependsOn: A } }",
    );
    expect(() => creationOrder(circle.ok ? circle.template : template("x"))).toThrow("Circular");
    const bad = (value: string): unknown => {
      const parsed = template(value);
      return resolveValue(parsed, parsed.resources.Thing?.properties ?? {}, scope);
    };
    expect(() => bad("!GetAtt Role.Nothing")).toThrow("does not support attribute");
    expect(() => bad("!Cidr [a, 1, 2]")).toThrow("not supported");
    expect(() => bad("!FindInMap [Sizes, mars, Days]")).toThrow("Unable to get mapping");
  });
});

test("resources come after what they refer to, and those whose condition fails do not come", () => {
  const parsed = template("!GetAtt Role.Arn");
  expect(creationOrder(parsed)).toEqual(["Role", "Thing"]);
  const { Thing } = parsed.resources;
  expect(Thing && isWanted(parsed, Thing, scope)).toBe(false);
  expect(Thing && isWanted(parsed, Thing, { ...scope, region: "us-east-1" })).toBe(true);
});
