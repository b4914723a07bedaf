import type { ForeignThing } from "../../core/plan.ts";
import type {
  BlockIssue,
  OrganizationNeeds,
  PlannedAccount,
  ServiceChange,
  ServicePlan,
  ServicePlanInput,
  ServicePlanner,
} from "../../core/service-plan.ts";
import { s3Settings } from "../../data/s3-settings.ts";
import { thingAddress } from "../kit/address.ts";
import { organizationNeeds } from "../kit/organization-needs.ts";
import { selectAccounts } from "../kit/scope.ts";
import { planLens } from "./plan-lens.ts";
import type { S3Block } from "./schema.ts";
import type { S3State } from "./state.ts";

type Input = ServicePlanInput<S3Block, S3State>;

const { principal, publicAccessMembers } = s3Settings;

/** Plans Amazon S3. */
export const s3Planner: ServicePlanner<S3Block, S3State> = {
  id: "s3",
  title: "Amazon S3",
  needs: (block): OrganizationNeeds => {
    const policyTypes = block.publicAccessBlock?.via === "policy" ? ["S3_POLICY"] : [];
    const { delegatedAdministrator } = block;
    if (block.storageLens !== undefined || delegatedAdministrator !== undefined) {
      return organizationNeeds(block, principal, policyTypes);
    }
    return {
      trustedAccess: [],
      delegatedAdministrators: [],
      policyTypes: block.remove === true ? [] : policyTypes,
    };
  },
  plan: planS3,
};

function planS3(input: Input): ServicePlan {
  const { block, state, facts } = input;
  const changes: ServiceChange[] = [];
  const compared: string[] = [];
  const issues: BlockIssue[] = [];
  const foreign: ForeignThing[] = (state?.otherLenses ?? []).map(({ id, arn }) => ({
    address: thingAddress("s3", "storageLens", {}, id),
    id: arn,
  }));
  const planned = { changes, compared, foreign, issues };
  if (state === undefined) return planned;
  const { change, address } = planLens(input);
  if (address !== undefined) compared.push(address);
  if (change !== undefined) changes.push(change);
  if (block.publicAccessBlock?.via === "policy") issues.push(...uncovered(input));
  if (block.publicAccessBlock?.via !== "account") return planned;
  const proven = new Set(state.provenBlocks);
  for (const account of selectAccounts(facts, block)) {
    if (typeof account.id === "string" && proven.has(account.id)) {
      compared.push(addressOf(account));
      continue;
    }
    const now = account.exists ? state.byAccount[String(account.id)] : null;
    if (now === undefined) continue; // A gap says why it was not read.
    compared.push(addressOf(account));
    const isBlocked = now !== null && publicAccessMembers.every((name) => now[name] === true);
    if (block.remove === true) {
      // Only what is as the block makes it is taken back.
      if (isBlocked) changes.push(removal(account));
    } else if (!isBlocked) changes.push(blocking(account, now));
  }
  return planned;
}

const all: Readonly<Record<string, boolean>> = Object.fromEntries(
  publicAccessMembers.map((name) => [name, true]),
);

function blocking(
  account: PlannedAccount,
  now: Readonly<Record<string, boolean>> | null,
): ServiceChange {
  return {
    operation: "PutPublicAccessBlock",
    address: addressOf(account),
    action: now === null ? "create" : "update",
    input: { AccountId: account.id, PublicAccessBlockConfiguration: all },
    before: now,
    after: all,
    reason: "the file blocks public access in every account",
    workIn: account.id,
    account: account.id,
    path: ["publicAccessBlock"],
    needs: [`account:${account.name}`],
  };
}

function removal(account: PlannedAccount): ServiceChange {
  return {
    operation: "DeletePublicAccessBlock",
    address: addressOf(account),
    action: "delete",
    input: { AccountId: account.id },
    before: all,
    after: null,
    reason: "the file says `remove: true`",
    workIn: account.id,
    account: account.id,
    risk: "protection",
    phase: "undo",
  };
}

/** Accounts that no S3 policy guarded when the organization was read. */
function uncovered({ block, state, facts }: Input): readonly BlockIssue[] {
  if (block.remove === true) return [];
  const left = selectAccounts(facts, block).filter(
    ({ exists, id }) => exists && state?.byPolicy?.[String(id)] === false,
  );
  if (left.length === 0) return [];
  const names = left.slice(0, 5).map(({ name }) => name);
  const more = left.length > names.length ? ` and ${left.length - names.length} more` : "";
  return [
    {
      severity: "warning",
      code: "ORGRAIL3191",
      path: ["publicAccessBlock", "via"],
      summary: `no S3 policy blocked public access in ${names.join(", ")}${more} when the organization was read`,
      help:
        "add to `policies`: `{ name: BlockPublicS3, guardrail: s3-block-public-access, attach: " +
        "[Root] }` (where the file has such a policy already, apply attaches it), or say `via: account`",
    },
  ];
}

function addressOf({ name }: PlannedAccount): string {
  return thingAddress("s3", "publicAccessBlock", { account: name });
}
