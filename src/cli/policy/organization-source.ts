import { resolve } from "node:path";
import { InputError } from "../../core/app-error.ts";
import type { DesiredPolicy } from "../../core/desired.ts";
import type { Diagnostic } from "../../core/diagnostic.ts";
import type { Snapshot } from "../../core/snapshot.ts";
import { readSnapshotFile } from "../../store/snapshot-file.ts";
import { connect } from "../connect.ts";
import type { Deps } from "../deps.ts";
import { progressOf } from "../make-plan.ts";
import { readConfig } from "../read-config.ts";
import { readOrganization } from "../read-organization.ts";
import { configuredOrganization } from "./configured-organization.ts";
import type { SourceOptions } from "./source-options.ts";

/** An organization, and where it is from. */
export interface OrganizationSource {
  readonly kind: "configuration" | "snapshot" | "live";
  /** For people: `orgrail.yaml`. */
  readonly shown: string;
  readonly snapshot: Snapshot;
  readonly diagnostics: readonly Diagnostic[];
  /** Policies of the configuration by id; empty for the others. */
  readonly policies: ReadonlyMap<string, DesiredPolicy>;
  /** Ids of accounts that the configuration has no id of. */
  readonly madeUpAccounts: ReadonlySet<string>;
  /** Texts of the configuration's files, by path. */
  readonly sources: Readonly<Record<string, string>>;
}

/** Reads the organization that the options name. */
export async function readSource(deps: Deps, options: SourceOptions): Promise<OrganizationSource> {
  const { snapshot: file, live } = options;
  if (file !== undefined && live) {
    throw new InputError("ORGRAIL5047", "--snapshot and --live exclude each other", []);
  }
  const bare = {
    diagnostics: [],
    policies: new Map<string, DesiredPolicy>(),
    madeUpAccounts: new Set<string>(),
    sources: {},
  };
  if (file !== undefined) {
    const snapshot = await readSnapshotFile(resolve(deps.cwd, file));
    return { kind: "snapshot", shown: file, snapshot, ...bare };
  }
  if (live) {
    const progress = progressOf(deps);
    const aws = await connect(deps, { progress });
    try {
      const snapshot = await readOrganization(deps, aws, progress);
      return { kind: "live", shown: "AWS", snapshot, ...bare };
    } finally {
      aws.close();
    }
  }
  const { desired, diagnostics, shown, sources } = await readConfig(deps, options);
  const configured = configuredOrganization(desired);
  return {
    kind: "configuration",
    shown,
    ...configured,
    diagnostics: [...diagnostics, ...configured.diagnostics],
    madeUpAccounts: new Set(
      configured.snapshot.organization.accounts
        .map(({ id }) => id)
        .filter((id) => !desired.accounts.some((account) => account.id === id)),
    ),
    sources,
  };
}

/** `account Shop (111122223333)` for the id of an account, without an id that is made up. */
export function accountLabel(source: OrganizationSource, id: string): string | undefined {
  const account = source.snapshot.organization.accounts.find((one) => one.id === id);
  if (account === undefined) return undefined;
  return source.madeUpAccounts.has(id)
    ? `account ${account.name}`
    : `account ${account.name} (${id})`;
}
