// biome-ignore-all lint/suspicious/noTemplateCurlyInString: variables of IAM are meant
import fc from "fast-check";
import {
  type OrganizationPolicyType,
  organizationPolicyTypes,
} from "../../src/core/policy-type.ts";
import type {
  OrganizationAccountState,
  OrganizationalUnitState,
  PolicyState,
  Snapshot,
  Tags,
} from "../../src/core/snapshot.ts";

const root = "r-ab12";
const open = "$" + "{{";

/** Names that trip up formats: YAML words, paths, substitutions, white space, other scripts. */
const awkward = fc.constantFrom(
  "Root",
  "account:x",
  "a/b",
  "\\",
  "null",
  "~",
  "true",
  "2024",
  "1e3",
  "0x1F",
  "012345678901",
  "- x",
  "# x",
  "x: y",
  "*x",
  "&x",
  "!x",
  "@x",
  "%x",
  "{a}",
  "[a]",
  " x ",
  "x\ny",
  "\t",
  `${open} x }}`,
  `$${open}`,
  `a${open}`,
  "constructor",
  "__proto__",
  "toString",
  "<<",
  "名前",
  "Ünïcode",
  "🏦",
  "\ufffd",
  "\ufeff",
  "\u2028",
  "\u0085",
  '"',
  "'",
  "|",
  ">",
  "CON",
  "...",
  "---",
  "=",
  "yes",
);
const plain = fc.stringMatching(/^[A-Za-z][A-Za-z0-9 -]{0,12}[a-z0-9]$/);

function name(maxLength: number): fc.Arbitrary<string> {
  return fc
    .oneof(plain, awkward, fc.string({ unit: "grapheme", minLength: 1, maxLength: 12 }))
    .map((text) => text.slice(0, maxLength).replace(/[\ud800-\udbff]$/, ""))
    .filter((text) => text !== "");
}

const tags: fc.Arbitrary<Tags> = fc
  .dictionary(
    name(100).filter((key) => !/^aws:/i.test(key) && key !== "__proto__" && !key.includes(open)),
    fc.oneof(fc.constant(""), name(200)),
    { maxKeys: 3 },
  )
  .map((all) => ({ ...all }));

const contact = fc.record({
  name: name(60),
  title: name(50),
  emailAddress: fc.constant("security@example.com"),
  phoneNumber: fc.constant("+1 (555) 0100"),
});

const json: fc.Arbitrary<string> = fc
  .record({
    Version: fc.constant("2012-10-17"),
    Statement: fc.array(
      fc.record({
        Effect: fc.constantFrom("Allow", "Deny"),
        Action: fc.oneof(fc.constant("*"), fc.array(plain, { minLength: 1, maxLength: 3 })),
        Resource: fc.oneof(fc.constant("*"), awkward),
        Condition: fc.dictionary(
          plain,
          fc.constantFrom("${aws:PrincipalTag/team}", "x", `${open} y }}`),
          { maxKeys: 2 },
        ),
      }),
      { maxLength: 3 },
    ),
  })
  .map((document) => JSON.stringify(document));

/** A statement that AWS takes, with awkward texts where any may stand. */
const denial: fc.Arbitrary<object> = fc
  .record({
    Action: fc.constantFrom("s3:*", ["s3:GetObject", "sqs:*"]),
    value: fc.oneof(awkward, fc.constantFrom("${aws:PrincipalTag/team}", `${open} y }}`)),
  })
  .map(({ Action, value }) => ({
    Effect: "Deny",
    Action,
    Resource: "*",
    Condition: { StringNotEquals: { "aws:PrincipalTag/team": value } },
  }));

/** A document of that type as AWS takes it. */
function documentOf(type: OrganizationPolicyType): fc.Arbitrary<string> {
  if (type === "TAG_POLICY") {
    return awkward.map((value) =>
      JSON.stringify({ tags: { team: { tag_value: { "@@assign": [value] } } } }),
    );
  }
  if (type === "BACKUP_POLICY") return fc.constant('{"plans":{}}');
  const principal = type === "RESOURCE_CONTROL_POLICY" ? { Principal: "*" } : {};
  return fc
    .array(denial, { minLength: 1, maxLength: 3 })
    .map((statements) => statements.map((statement) => ({ ...statement, ...principal })))
    .map((Statement) => JSON.stringify({ Version: "2012-10-17", Statement }));
}

/** Snapshots of small organizations with awkward names, as AWS could give them. */
export const arbitrarySnapshot: fc.Arbitrary<Snapshot> = fc
  .record({
    units: fc.array(fc.record({ name: name(128), parent: fc.nat(), tags }), { maxLength: 8 }),
    accounts: fc.array(
      fc.record({
        name: name(50),
        parent: fc.nat(),
        tags,
        state: fc.constantFrom("ACTIVE", "ACTIVE", "ACTIVE", "SUSPENDED", "PENDING_ACTIVATION"),
        contacts: fc.record(
          { BILLING: contact, OPERATIONS: fc.constant(null), SECURITY: contact },
          { requiredKeys: [] },
        ),
      }),
      { minLength: 1, maxLength: 8 },
    ),
    policies: fc.array(
      fc.record({
        name: name(128),
        description: fc.oneof(fc.constant(""), name(100)),
        document: fc
          .constantFrom(...organizationPolicyTypes.slice(0, 4))
          .chain((type) => documentOf(type).map((content) => ({ type, content }))),
        targets: fc.array(fc.nat(), { maxLength: 4 }),
        tags,
      }),
      { maxLength: 5 },
    ),
    fullAccessMissing: fc.array(fc.nat(), { maxLength: 2 }),
    trustedAccess: fc.uniqueArray(
      fc.constantFrom("sso.amazonaws.com", "guardduty.amazonaws.com", "ram.amazonaws.com"),
    ),
    administrators: fc.array(fc.nat(), { maxLength: 2 }),
    resourcePolicy: fc.option(json, { nil: null }),
    rootTags: tags,
  })
  .map(({ policies, ...parts }) =>
    assemble({
      ...parts,
      policies: policies.map(({ document, ...one }) => ({ ...one, ...document })),
    }),
  );

interface Parts {
  readonly units: readonly { name: string; parent: number; tags: Tags }[];
  readonly accounts: readonly {
    name: string;
    parent: number;
    tags: Tags;
    state: string;
    contacts: object;
  }[];
  readonly policies: readonly {
    name: string;
    description: string;
    type: string;
    content: string;
    targets: readonly number[];
    tags: Tags;
  }[];
  readonly fullAccessMissing: readonly number[];
  readonly trustedAccess: readonly string[];
  readonly administrators: readonly number[];
  readonly resourcePolicy: string | null;
  readonly rootTags: Tags;
}

function assemble(parts: Parts): Snapshot {
  const units: OrganizationalUnitState[] = [];
  const depth = new Map([[root, 0]]);
  for (const [i, unit] of parts.units.entries()) {
    const parents = [...depth].filter(([, level]) => level < 5).map(([id]) => id);
    const parentId = pick(parents, unit.parent);
    if (units.some((other) => other.parentId === parentId && other.name === unit.name)) continue;
    const id = `ou-ab12-0000000${i}`;
    depth.set(id, (depth.get(parentId) ?? 0) + 1);
    units.push({ id, arn: `arn:${id}`, name: unit.name, parentId, tags: unit.tags });
  }
  const accounts = parts.accounts.map(({ name: own, parent, tags: own2, state, contacts }, i) => ({
    id: `0000000000${10 + i}`,
    arn: `arn:account/${i}`,
    name: own,
    email: `aws+${i}@example.com`,
    state: i === 0 ? "ACTIVE" : state,
    joinedMethod: "CREATED",
    joinedAt: "2026-01-01T00:00:00.000Z",
    parentId: pick([...depth.keys()], parent),
    tags: own2,
    alternateContacts: contacts,
  })) as OrganizationAccountState[];
  const targets = [...depth.keys(), ...accounts.map(({ id }) => id)];
  const policies = policiesOf(parts, targets);
  const members = accounts.slice(1);
  return {
    schemaVersion: 1,
    takenAt: "2026-11-22T00:00:00.000Z",
    caller: { account: "000000000010", arn: "arn:aws:sts::000000000010:x", standing: "management" },
    organization: {
      id: "o-a1b2c3d4e5",
      arn: "arn:aws:organizations::000000000010:organization/o-a1b2c3d4e5",
      featureSet: "ALL",
      managementAccountId: "000000000010",
      managementAccountEmail: "aws+0@example.com",
      root: {
        id: root,
        arn: "arn:root",
        name: "Root",
        policyTypes: organizationPolicyTypes
          .slice(0, 4)
          .map((type) => ({ type, status: "ENABLED" })),
        tags: parts.rootTags,
      },
      organizationalUnits: units,
      accounts,
      policies,
      trustedAccess: parts.trustedAccess.map((servicePrincipal) => ({ servicePrincipal })),
      delegatedAdministrators: [...new Set(parts.administrators)]
        .filter(() => members.length > 0)
        .map((at) => pick(members, at).id)
        .filter((id, i, all) => all.indexOf(id) === i)
        .map((account) => ({ account, services: ["config.amazonaws.com"] })),
      resourcePolicy:
        parts.resourcePolicy === null
          ? null
          : { id: "rp-12345678", arn: "arn:rp", content: parts.resourcePolicy },
    },
    gaps: [],
  };
}

function policiesOf(parts: Parts, targets: readonly string[]): readonly PolicyState[] {
  const missing = new Set(parts.fullAccessMissing.map((at) => pick(targets, at)));
  const full: PolicyState = {
    id: "p-FullAWSAccess",
    arn: "arn:full",
    name: "FullAWSAccess",
    description: "Allows access to every operation",
    type: "SERVICE_CONTROL_POLICY",
    awsManaged: true,
    content:
      '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"*","Resource":"*"}]}',
    targets: targets.filter((id) => !missing.has(id)),
  };
  const own = parts.policies.filter(
    (policy, i, all) =>
      all.findIndex((other) => other.type === policy.type && other.name === policy.name) === i,
  );
  return [
    full,
    ...own.map((policy, i) => ({
      ...policy,
      id: `p-0000000${i}`,
      arn: `arn:p${i}`,
      awsManaged: false,
      targets: [...new Set(policy.targets.map((at) => pick(targets, at)))].sort(),
    })),
  ];
}

function pick<T>(from: readonly T[], at: number): T {
  const found = from[at % from.length];
  if (found === undefined) throw new Error("nothing to pick from");
  return found;
}
