import { ouPathKey } from "../../core/desired.ts";
import type { OrganizationAccountState, OrganizationState } from "../../core/snapshot.ts";

/** By which names a written configuration refers to what a snapshot holds. */
export interface WrittenNames {
  /** Path keys of the root and of the organizational units, by id. */
  readonly paths: ReadonlyMap<string, string>;
  /** Names of the accounts that are written, by id. */
  readonly accounts: ReadonlyMap<string, string>;
  /** A target as `attach` takes it; `undefined` when it is not written. */
  target(id: string): string | undefined;
}

/** Names everything; accounts that share a name are told apart by their ids. */
export function writtenNames(
  organization: OrganizationState,
  written: readonly OrganizationAccountState[],
): WrittenNames {
  const paths = pathsOf(organization);
  const accounts = accountNames(written);
  return {
    paths,
    accounts,
    target: (id) => {
      const account = accounts.get(id);
      return account === undefined ? paths.get(id) : `account:${account}`;
    },
  };
}

function pathsOf(organization: OrganizationState): ReadonlyMap<string, string> {
  const children = new Map<string, { id: string; name: string }[]>();
  for (const unit of organization.organizationalUnits) {
    children.set(unit.parentId, [...(children.get(unit.parentId) ?? []), unit]);
  }
  const paths = new Map([[organization.root.id, ouPathKey([])]]);
  const open: { id: string; path: readonly string[] }[] = [{ id: organization.root.id, path: [] }];
  for (let here = open.pop(); here !== undefined; here = open.pop()) {
    for (const { id, name } of children.get(here.id) ?? []) {
      const path = [...here.path, name];
      paths.set(id, ouPathKey(path));
      open.push({ id, path });
    }
  }
  return paths;
}

function accountNames(accounts: readonly OrganizationAccountState[]): ReadonlyMap<string, string> {
  const count = new Map<string, number>();
  for (const { name } of accounts) count.set(name, (count.get(name) ?? 0) + 1);
  const used = new Set(accounts.map(({ name }) => name));
  const names = new Map<string, string>();
  for (const { id, name } of accounts) {
    if (count.get(name) === 1) {
      names.set(id, name);
      continue;
    }
    let key = `${name}-${id}`;
    while (used.has(key)) key += "-";
    used.add(key);
    names.set(id, key);
  }
  return names;
}

/** Gives file names: safe on every system, and none twice even where case does not count. */
export interface FileNames {
  next(folder: string, name: string): string;
}

const reserved = /^(con|prn|aux|nul|com\d|lpt\d)$/i;

/** Makes an empty register of file names. */
export function fileNames(): FileNames {
  const used = new Set<string>();
  return {
    next: (folder, name) => {
      const safe = name
        .normalize("NFKD")
        .replace(/[^A-Za-z0-9._-]+/g, "-")
        .replace(/^[-.]+|[-.]+$/g, "")
        .slice(0, 80);
      const base = safe === "" || reserved.test(safe) ? `policy-${safe}`.replace(/-$/, "") : safe;
      for (let i = 1; ; i++) {
        const path = `${folder}/${i === 1 ? base : `${base}-${i}`}.json`;
        if (used.has(path.toLowerCase())) continue;
        used.add(path.toLowerCase());
        return path;
      }
    },
  };
}

/** The folder for policies of a type: `SERVICE_CONTROL_POLICY` gives `policies/scp`. */
export function policyFolder(type: string): string {
  const short: Readonly<Record<string, string>> = {
    SERVICE_CONTROL_POLICY: "scp",
    RESOURCE_CONTROL_POLICY: "rcp",
  };
  const name = Object.hasOwn(short, type) ? short[type] : undefined;
  return `policies/${
    name ??
    type
      .toLowerCase()
      .replace(/_policy/, "")
      .replaceAll("_", "-")
  }`;
}
