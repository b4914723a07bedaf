import { describe, expect, it } from "vitest";
import {
  requestOf,
  workloadEvents,
  workloadIdentity,
  workloadLevels,
} from "../../bench/lib/policy-workload.ts";
import {
  type CompileInput,
  compile,
  type Level,
  lintLevels,
  lintPolicy,
  type Policy,
  parsePolicy,
  type Request,
} from "../../src/policy/index.ts";

function scp(...statements: readonly object[]): Policy {
  const text = JSON.stringify({ Version: "2012-10-17", Statement: statements });
  const { policy, diagnostics } = parsePolicy(text, { type: "SERVICE_CONTROL_POLICY" });
  if (policy === undefined) throw new Error(JSON.stringify(diagnostics));
  return policy;
}

const allowAll = { Effect: "Allow", Action: "*", Resource: "*" };
const full = scp(allowAll);

function chain(...policies: Policy[]): Level[] {
  return [
    { id: "r-abcd", policies: [full] },
    { id: "ou-abcd-12345678", policies: [full, ...policies] },
    { id: "111122223333", policies: [full] },
  ];
}

const request: Request = {
  principal: "arn:aws:iam::111122223333:role/Admin",
  action: "ec2:RunInstances",
  resource: "*",
  context: {},
};

describe("as an outsider uses it", () => {
  const regions = scp({
    Effect: "Deny",
    NotAction: ["iam:*", "sts:*"],
    Resource: "*",
    Condition: {
      StringNotEquals: { "aws:RequestedRegion": ["eu-west-1"] },
      ArnNotLike: { "aws:PrincipalARN": "arn:aws:iam::*:role/Breakglass" },
    },
  });
  const guardrails = compile({ scps: chain(regions) });

  it.each<[string, Partial<Request>, string]>([
    ["keys in any case", { context: { "AWS:requestedREGION": "us-east-1" } }, "explicitDeny"],
    ["a Region that is allowed", { context: { "aws:RequestedRegion": "eu-west-1" } }, "allowed"],
    ["a value as a list of one", { context: { "aws:RequestedRegion": ["eu-west-1"] } }, "allowed"],
    ["no Region at all", {}, "explicitDeny"],
    ["no Region, which may exist", { unknownKeys: "unknown" }, "unknown"],
    [
      "aws:PrincipalArn by the principal",
      { principal: "arn:aws:iam::111122223333:role/Breakglass" },
      "allowed",
    ],
    [
      "aws:PrincipalArn by the session",
      { principal: "arn:aws:sts::111122223333:assumed-role/Breakglass/me", unknownKeys: "unknown" },
      "allowed",
    ],
    ["an action in another case", { action: "IAM:listRoles" }, "allowed"],
  ])("%s", (_, part, decision) => {
    const asked = { ...request, ...part };
    expect(guardrails.decide(asked)).toBe(decision);
    expect(guardrails.explain(asked).decision).toBe(decision);
  });

  it("names the key that decides", () => {
    const { unknownKeys } = guardrails.explain({ ...request, unknownKeys: "unknown" });
    expect(unknownKeys).toContain("aws:requestedregion");
  });

  it("decides the shared workload as other evaluators do", () => {
    const rails = compile({ scps: workloadLevels(), identity: workloadIdentity() });
    const count = new Map<string, number>();
    for (const event of workloadEvents(2_000)) {
      const asked = requestOf(event);
      const decision = rails.decide(asked);
      expect(rails.explain(asked).decision).toBe(decision);
      count.set(decision, (count.get(decision) ?? 0) + 1);
    }
    // The generator is seeded: every run and every machine has these.
    expect(Object.fromEntries(count)).toMatchInlineSnapshot(`
      {
        "allowed": 1446,
        "explicitDeny": 554,
      }
    `);
  });
});

const cyclic: Record<string, unknown> = {};
cyclic.self = cyclic;
cyclic.statements = [cyclic];
cyclic.policies = [cyclic];
const cyclicList: unknown[] = [];
cyclicList.push(cyclicList);
const { document: _, ...withoutDocument } = full;
const garbage: readonly [string, unknown][] = [
  ["undefined", undefined],
  ["null", null],
  ["a number", 7],
  ["NaN", Number.NaN],
  ["a text", "*"],
  ["a function", () => "allowed"],
  ["a symbol", Symbol("x")],
  ["an empty object", {}],
  ["an empty list", []],
  ["a list with a hole", new Array(2)],
  ["a cyclic object", cyclic],
  ["a cyclic list", cyclicList],
  ["a document that was not parsed", { Version: "2012-10-17", Statement: [allowAll] }],
  ["what parsePolicy gave, not its policy", parsePolicy("{}", { type: "IDENTITY_POLICY" })],
  ["a policy without statements", { ...full, statements: undefined }],
  ["a policy with an odd statement", { ...full, statements: [{ effect: "Deny" }] }],
  ["prototype keys", JSON.parse('{"__proto__":{"statements":[]},"constructor":1}')],
];

describe("what is no policy", () => {
  it.each(garbage)("compile: %s is not passed over", (name, value) => {
    const odd = value as Policy;
    const inputs: CompileInput[] = [
      { scps: chain(odd) },
      { rcps: [{ id: "r-abcd", policies: [odd] }] },
      { scps: [value as Level] },
      { identity: [full, odd] },
      { boundaries: [full, odd] },
      { session: [full, odd] },
    ];
    for (const input of inputs) {
      const rails = compile(input);
      const asked = { ...request, action: "s3:GetObject", resource: "arn:aws:s3:::b/k" };
      expect(rails.decide(asked), name).toMatch(/^(?:unknown|implicitDeny)$/);
      expect(rails.explain(asked).decision).toBe(rails.decide(asked));
    }
  });

  it.each(garbage)("compile, decide and explain: %s as anything else", (_name, value) => {
    const inputs = [value, { scps: value, rcps: value, identity: value, session: value }];
    for (const input of [...inputs, { resource: value, endpoint: value, boundaries: value }]) {
      const rails = compile(input as CompileInput);
      for (const asked of [value, { ...request, context: value }, { ...request, action: value }]) {
        const decision = rails.decide(asked as Request);
        expect(rails.explain(asked as Request).decision).toBe(decision);
      }
      const inContext = { ...request, context: { "aws:RequestedRegion": value } };
      expect(rails.explain(inContext as Request).decision).toBe(rails.decide(inContext as Request));
    }
  });

  it("says that a policy was not parsed", () => {
    const { reason } = compile({ scps: chain(undefined as unknown as Policy) }).explain(request);
    expect(reason).toContain("a policy that was not parsed");
  });

  it("an explicit Deny beside it is certain", () => {
    const deny = scp({ Effect: "Deny", Action: "*", Resource: "*" });
    const rails = compile({ scps: chain(undefined as unknown as Policy, deny) });
    expect(rails.decide(request)).toBe("explicitDeny");
  });

  it.each([...garbage, ["a policy without its document", withoutDocument] as const])(
    "lintPolicy: %s",
    (_name, value) => {
      expect(lintPolicy(value as Policy).map(({ code }) => code)).toEqual(["ORGRAIL6903"]);
      const level = { id: "r-abcd", policies: [value as Policy] };
      expect(lintLevels([level])).toMatchObject([{ code: "ORGRAIL6903", level: "r-abcd" }]);
      expect(lintLevels(value as Level[])).toBeInstanceOf(Array);
    },
  );
});
