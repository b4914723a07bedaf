import fc from "fast-check";
import type { Desired, DesiredTarget, OuPath, Ownership } from "../../src/core/desired.ts";
import type { Snapshot } from "../../src/core/snapshot.ts";
import { indexOrganization, livePath } from "../../src/plan/live.ts";
import { additive, deny, mirrorOf, snapshotOf, span, unitId } from "./builders.ts";

/** A live organization and what a file wants it to be. */
export interface Situation {
  readonly snapshot: Snapshot;
  readonly desired: Desired;
}

const scp = "SERVICE_CONTROL_POLICY" as const;
const tagPolicy = "TAG_POLICY" as const;
const unitNames = ["A", "B", "C", "D"];
const accountNames = ["Ann", "Bob", "Cid", "Dot", "Eve", "Fay"];
const policyNames = Array.from({ length: 13 }, (_, i) => `P${i}`);

/** Paths of a random tree of units, parents first. */
const paths: fc.Arbitrary<string[]> = fc
  .array(fc.array(fc.constantFrom(...unitNames), { minLength: 1, maxLength: 4 }), { maxLength: 7 })
  .map((list) => {
    const all = new Set<string>();
    for (const path of list) {
      for (let depth = 1; depth <= path.length; depth++) all.add(path.slice(0, depth).join("/"));
    }
    return [...all].sort((a, b) => a.split("/").length - b.split("/").length || (a < b ? -1 : 1));
  });

/** A document that AWS takes for that type. */
function content(name: string, type: typeof scp | typeof tagPolicy, strict: boolean): string {
  if (type === scp) return deny(strict ? `${name}:*` : `${name}:Get*`);
  const values = strict ? { tag_value: { "@@assign": ["a"] } } : {};
  return JSON.stringify({ tags: { [name]: { tag_key: { "@@assign": name }, ...values } } });
}

function place(among: readonly string[]): fc.Arbitrary<string> {
  return fc.constantFrom("", ...among);
}

const sketch = paths.chain((units) =>
  fc.record({
    units: fc.constant(units),
    accounts: fc
      .subarray(accountNames)
      .chain((names) =>
        fc.tuple(...names.map((name) => fc.record({ name: fc.constant(name), in: place(units) }))),
      ),
    policies: fc.subarray(policyNames).chain((names) =>
      fc.tuple(
        ...names.map((name, i) =>
          fc.record({
            name: fc.constant(name),
            type: fc.constant(i === 0 ? tagPolicy : scp),
            content: fc.boolean().map((strict) => content(name, i === 0 ? tagPolicy : scp, strict)),
            at: fc.array(place(units), { maxLength: 3 }).map((at) => [...new Set(at)]),
          }),
        ),
      ),
    ),
    crowded: fc.boolean(),
    types: fc.constantFrom<readonly string[]>([tagPolicy], [tagPolicy, "RESOURCE_CONTROL_POLICY"]),
  }),
);

const ownership: fc.Arbitrary<Ownership> = fc
  .record({
    attachments: fc.constantFrom("additive" as const, "exclusive" as const),
    policies: fc.constantFrom("additive" as const, "additive" as const, "exclusive" as const),
    tags: fc.constantFrom("additive" as const, "exclusive" as const),
  })
  .map((modes) => ({ ...additive, ...modes }));

/** A random organization, and a random wish that shares names, ids and former paths with it. */
export const situations: fc.Arbitrary<Situation> = sketch.chain((live) => {
  // A crowded target holds as many service control policies as AWS allows, FullAWSAccess included.
  const crowd = live.crowded ? (live.units[0] ?? "") : undefined;
  const room = new Map<string, number>();
  const policies = live.policies.map((policy) => {
    if (policy.type !== scp) return policy;
    const wanted = crowd === undefined ? policy.at : [crowd, ...policy.at];
    const at = [...new Set(wanted)].filter((target) => (room.get(target) ?? 9) > 0);
    for (const target of at) room.set(target, (room.get(target) ?? 9) - 1);
    return { ...policy, at };
  });
  const snapshot = snapshotOf({ ...live, policies });
  return wishes(snapshot, live.units).map((desired) => ({ snapshot, desired }));
});

function wishes(snapshot: Snapshot, livePaths: readonly string[]): fc.Arbitrary<Desired> {
  return paths.chain((units) => {
    const former = fc.option(fc.constantFrom("", ...livePaths), { nil: undefined });
    const policyWish = fc.record({
      name: fc.constantFrom(...policyNames),
      strict: fc.boolean(),
      remove: fc.integer({ min: 0, max: 9 }).map((n) => n === 0),
    });
    return fc
      .record({
        ownership,
        marks: fc.tuple(
          ...units.map(() => fc.record({ former, byId: fc.integer({ min: 0, max: 4 }) })),
        ),
        accounts: fc.uniqueArray(
          fc.record({ name: fc.constantFrom(...accountNames, "New", "Newer"), in: place(units) }),
          { selector: ({ name }) => name },
        ),
        tags: fc.dictionary(fc.constantFrom("team", "cost"), fc.constantFrom("a", "b")),
        policies: fc.uniqueArray(policyWish, { selector: ({ name }) => name }),
        attachments: fc.array(
          fc.record({
            policy: fc.constantFrom(...policyNames),
            at: fc.constantFrom("", ...units, ...accountNames.map((name) => `@${name}`)),
            present: fc.integer({ min: 0, max: 4 }).map((n) => n > 0),
          }),
          { maxLength: 16 },
        ),
      })
      .map((wish) => assemble(snapshot, livePaths, units, wish));
  });
}

interface Wish {
  readonly ownership: Ownership;
  readonly marks: readonly { readonly former: string | undefined; readonly byId: number }[];
  readonly accounts: readonly { readonly name: string; readonly in: string }[];
  readonly tags: Readonly<Record<string, string>>;
  readonly policies: readonly {
    readonly name: string;
    readonly strict: boolean;
    readonly remove: boolean;
  }[];
  readonly attachments: readonly {
    readonly policy: string;
    readonly at: string;
    readonly present: boolean;
  }[];
}

function assemble(
  snapshot: Snapshot,
  livePaths: readonly string[],
  units: readonly string[],
  wish: Wish,
): Desired {
  const mirror = mirrorOf(snapshot);
  const live = indexOrganization(snapshot.organization);
  const types = new Map((snapshot.organization.policies ?? []).map((p) => [p.name, p.type]));
  const typeOf = (name: string): typeof scp | typeof tagPolicy =>
    types.get(name) === tagPolicy ? tagPolicy : scp;
  const taken = new Set<string>();
  const pathOf = (path: string): OuPath => (path === "" ? [] : path.split("/"));
  const accounts = wish.accounts.map((account) => ({
    name: account.name,
    email: `${account.name}@Example.com`,
    parent: pathOf(account.in),
    tags: wish.tags,
    close: false,
    span,
  }));
  const names = new Set(accounts.map(({ name }) => name));
  const removed = new Set(wish.policies.filter(({ remove }) => remove).map(({ name }) => name));
  const declared = new Set(wish.policies.map(({ name }) => name));
  const seen = new Set<string>();
  return {
    ...mirror,
    ownership: wish.ownership,
    organizationalUnits: units.map((path, i) => {
      const { former, byId = 1 } = wish.marks[i] ?? { former: undefined };
      const other = livePaths[i];
      const id = byId === 0 && other !== undefined && !taken.has(other) ? unitId(other) : undefined;
      if (id !== undefined && other !== undefined) taken.add(other);
      return {
        path: pathOf(path),
        ...(former === undefined || former === "" ? {} : { formerPath: pathOf(former) }),
        ...(id === undefined || livePath(live, id) === undefined ? {} : { id }),
        ignore: false,
        remove: false,
        span,
      };
    }),
    accounts: [...mirror.accounts.filter(({ name }) => name === "Management"), ...accounts],
    policies: wish.policies.map(({ name, strict, remove }) => ({
      name,
      type: typeOf(name),
      description: "",
      content: content(name, typeOf(name), strict),
      remove,
      span,
    })),
    attachments: wish.attachments.flatMap(({ policy, at, present }) => {
      const key = `${policy}@${at}`;
      const unknown = at.startsWith("@") && !names.has(at.slice(1));
      if (removed.has(policy) || !declared.has(policy) || unknown || seen.has(key)) return [];
      seen.add(key);
      const target: DesiredTarget = at.startsWith("@")
        ? { kind: "account", name: at.slice(1) }
        : at === ""
          ? { kind: "root" }
          : { kind: "organizationalUnit", path: pathOf(at) };
      return [{ policy: { name: policy, type: typeOf(policy) }, target, present, span }];
    }),
  };
}
