import type { CellState } from "../core/coverage.ts";
import type { AccountId, RegionName } from "../core/identifiers.ts";
import { canonicalJson } from "../core/json.ts";
import type { Verdict } from "../core/service-coverage.ts";
import type { OrganizationState, Snapshot } from "../core/snapshot.ts";
import { cellsOf } from "./filter.ts";
import { type Matrix, type MatrixAccount, verdictAt } from "./matrix.ts";

/** A cell whose state differs between two snapshots; `null`: it is not in that one. */
export interface CellChange {
  readonly service: string;
  readonly account: AccountId;
  readonly name: string;
  readonly region: RegionName | null;
  readonly before: CellState | null;
  readonly after: CellState | null;
  /** Of the later state, else of the earlier. */
  readonly reason: string;
}

/** A thing of the organization that differs between two snapshots. */
export interface ThingChange {
  /** Such as `accounts` or `policies`. */
  readonly kind: string;
  readonly id: string;
  readonly name: string;
  readonly change: "added" | "removed" | "changed";
  /** Members that differ. */
  readonly members: readonly string[];
}

/** Cells that differ, in the order of the later matrix; those that are gone come last. */
export function diffCells(before: Matrix, after: Matrix): readonly CellChange[] {
  const changes: CellChange[] = [];
  const old = lookup(before);
  const now = lookup(after);
  for (const { account, column, region, verdict } of cellsOf(after)) {
    const former = old(column.service, account.id, region);
    if (former?.state === verdict.state) continue;
    changes.push({
      ...cellOf(column.service, account, region),
      before: former?.state ?? null,
      after: verdict.state,
      reason: verdict.reason,
    });
  }
  for (const { account, column, region, verdict } of cellsOf(before)) {
    if (now(column.service, account.id, region) !== undefined) continue;
    changes.push({
      ...cellOf(column.service, account, region),
      before: verdict.state,
      after: null,
      reason: verdict.reason,
    });
  }
  return changes;
}

function cellOf(
  service: string,
  { id, name }: Pick<MatrixAccount, "id" | "name">,
  region: RegionName | undefined,
): Pick<CellChange, "service" | "account" | "name" | "region"> {
  return { service, account: id, name, region: region ?? null };
}

/** Finds the verdicts of a matrix by their places. */
function lookup(
  matrix: Matrix,
): (service: string, account: AccountId, region: RegionName | undefined) => Verdict | undefined {
  const rows = new Map(matrix.accounts.map(({ id }, row) => [id, row]));
  const columns = new Map(
    matrix.columns.map((column) => [
      column.service,
      { column, regions: new Map(column.regions.map((region, index) => [region, index])) },
    ]),
  );
  return (service, account, region) => {
    const row = rows.get(account);
    const found = columns.get(service);
    const index = found?.regions.get(region);
    if (row === undefined || found === undefined || index === undefined) return undefined;
    return verdictAt(matrix, found.column, row, index);
  };
}

/**
 * Things of the organization that differ: accounts, units, policies with their targets, trusted
 * access, delegated administrators and the delegation policy. What one of the snapshots did not
 * read is not compared.
 */
export function diffOrganization(
  { organization: before }: Snapshot,
  { organization: after }: Snapshot,
): readonly ThingChange[] {
  return kinds.flatMap(({ kind, read }) => {
    const [old, now] = [read(before), read(after)];
    return old === undefined || now === undefined ? [] : diffThings(kind, old, now);
  });
}

type Things = ReadonlyMap<string, object>;

const kinds: readonly {
  readonly kind: string;
  readonly read: (organization: OrganizationState) => Things | undefined;
}[] = [
  { kind: "accounts", read: ({ accounts }) => by(accounts, ({ id }) => id) },
  { kind: "organizationalUnits", read: (it) => by(it.organizationalUnits, ({ id }) => id) },
  { kind: "policies", read: ({ policies }) => by(policies, ({ id }) => id) },
  { kind: "trustedAccess", read: (it) => by(it.trustedAccess, (one) => one.servicePrincipal) },
  {
    kind: "delegatedAdministrators",
    read: (it) => by(it.delegatedAdministrators, ({ account }) => account),
  },
  {
    kind: "resourcePolicy",
    read: ({ resourcePolicy }) =>
      resourcePolicy === undefined
        ? undefined
        : by(resourcePolicy === null ? [] : [resourcePolicy], ({ id }) => id),
  },
  { kind: "root", read: ({ root }) => by([root], ({ id }) => id) },
];

function by<T extends object>(
  items: readonly T[] | undefined,
  idOf: (item: T) => string,
): Things | undefined {
  return items && new Map(items.map((item) => [idOf(item), item]));
}

function diffThings(kind: string, old: Things, now: Things): readonly ThingChange[] {
  const changes: ThingChange[] = [];
  for (const [id, thing] of now) {
    const former = old.get(id);
    if (former === undefined) {
      changes.push({ kind, id, name: nameOf(thing, id), change: "added", members: [] });
      continue;
    }
    const [a, b] = [members(former), members(thing)];
    // A member that is absent was not read.
    const differing = Object.keys(b).filter(
      (member) =>
        member in a && canonicalJson(a[member] ?? null) !== canonicalJson(b[member] ?? null),
    );
    if (differing.length === 0) continue;
    changes.push({ kind, id, name: nameOf(thing, id), change: "changed", members: differing });
  }
  for (const [id, thing] of old) {
    if (now.has(id)) continue;
    changes.push({ kind, id, name: nameOf(thing, id), change: "removed", members: [] });
  }
  return changes;
}

function members(thing: object): Readonly<Record<string, unknown>> {
  return thing as Readonly<Record<string, unknown>>;
}

function nameOf(thing: object, id: string): string {
  const { name } = members(thing);
  return typeof name === "string" ? name : id;
}
