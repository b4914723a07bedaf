import type { Aws } from "../aws/aws.ts";
import type { Snapshot } from "../core/snapshot.ts";
import { type CollectOptions, collectOrganization } from "../engine/collect.ts";
import type { CollectProgress } from "../services/organizations/collect-context.ts";
import type { Deps } from "./deps.ts";
import { duration, type Progress } from "./progress.ts";
import { counted } from "./words.ts";

const partNames: Readonly<Record<string, string>> = {
  organizationalUnits: "organizational units",
  accountDetails: "contacts and Regions of accounts",
  services: "services",
  trustedAccess: "trusted access",
  delegatedAdministrators: "delegated administrators",
};

/** Reads the organization and shows how far it is; ends with a line that says what was read. */
export async function readOrganization(
  deps: Deps,
  aws: Aws,
  progress: Progress,
  options: Omit<CollectOptions, "onProgress"> = {},
): Promise<Snapshot> {
  const startedAt = deps.clock.now();
  const parts = new Map<string, CollectProgress>();
  progress.stage("reading the organization:");
  try {
    const snapshot = await collectOrganization(
      { aws, signal: deps.signal },
      {
        ...options,
        onProgress: (now) => {
          parts.set(now.part, now);
          const all = [...parts.values()];
          const known = all.every(({ total }) => total !== undefined);
          progress.update(
            sum(all.map(({ done }) => done)),
            known ? sum(all.map(({ total = 0 }) => total)) : undefined,
            partNames[now.part] ?? now.part,
          );
        },
      },
    );
    const { id, accounts, organizationalUnits, policies } = snapshot.organization;
    const seconds = (deps.clock.now() - startedAt) / 1_000;
    progress.end(
      deps.paintError.dim(
        `read ${id}: ${counted(accounts.length, "account")}, ` +
          `${counted(organizationalUnits.length, "organizational unit")}, ` +
          `${counted(policies?.length ?? 0, "policy", "policies")} in ${duration(seconds)}`,
      ),
    );
    return snapshot;
  } catch (error) {
    progress.end();
    throw error;
  }
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
