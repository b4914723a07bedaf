import type { RegionName } from "../../core/identifiers.ts";
import type { Json } from "../../core/json.ts";
import type { ForeignThing } from "../../core/plan.ts";
import type {
  BlockIssue,
  OrganizationFacts,
  OrganizationNeeds,
  PlannedAccount,
  ServiceChange,
  ServicePlan,
  ServicePlanInput,
  ServicePlanner,
} from "../../core/service-plan.ts";
import { detectiveFacts } from "../../data/detective-facts.ts";
import { thingAddress } from "../kit/address.ts";
import { inBatches } from "../kit/batches.ts";
import { accountNamed, isRegionEnabled, selectAccounts, selectRegions } from "../kit/scope.ts";
import type { DetectiveBlock } from "./schema.ts";
import type { DetectiveState, RegionRead } from "./state.ts";

type Input = ServicePlanInput<DetectiveBlock, DetectiveState>;

const { principal } = detectiveFacts;

/** Plans Amazon Detective. */
export const detectivePlanner: ServicePlanner<DetectiveBlock, DetectiveState> = {
  id: "detective",
  title: "Amazon Detective",
  needs: ({ remove, delegatedAdministrator: account }): OrganizationNeeds =>
    remove === true
      ? { trustedAccess: [], delegatedAdministrators: [], policyTypes: [] }
      : {
          trustedAccess: [principal],
          delegatedAdministrators: [{ servicePrincipal: principal, account }],
          policyTypes: [],
        },
  plan: planDetective,
};

/** What the plan of one Region is made of. */
interface RegionPlanning {
  readonly region: RegionName;
  readonly block: DetectiveBlock;
  readonly facts: OrganizationFacts;
  readonly admin: PlannedAccount;
  readonly read: RegionRead;
  readonly accounts: readonly PlannedAccount[];
  readonly changes: ServiceChange[];
  readonly compared: string[];
  readonly foreign: ForeignThing[];
  readonly issues: BlockIssue[];
  readonly ids: Record<string, string>;
}

function planDetective({ block, state, facts }: Input): ServicePlan {
  const sink = {
    changes: [] as ServiceChange[],
    compared: [] as string[],
    foreign: [] as ForeignThing[],
    issues: [] as BlockIssue[],
    ids: {} as Record<string, string>,
  };
  const admin = accountNamed(facts, block.delegatedAdministrator);
  const management = facts.accounts.find(({ isManagement }) => isManagement);
  if (state === undefined || admin === undefined || management === undefined) return sink;
  const selected = selectAccounts(facts, block);
  const lost: string[] = [];
  for (const region of selectRegions(facts, block, detectiveFacts.regions.names)) {
    const read = state.regions[region];
    if (!isRegionEnabled(management, region) || read === undefined) continue;
    const { administrator } = read;
    const isOther = administrator !== null && administrator !== admin.id;
    const withdraws = administrator !== null && (block.remove === true || isOther);
    if (withdraws) {
      lost.push(region);
      const reason =
        block.remove === true
          ? "the file says `remove: true`"
          : `Detective takes one administrator, and the file wants ${admin.name}`;
      sink.changes.push(withdrawal(region, administrator, reason));
    }
    if (block.remove === true) continue;
    if (!isRegionEnabled(admin, region)) {
      sink.issues.push({
        severity: "warning",
        code: "ORGRAIL3072",
        path: ["delegatedAdministrator"],
        summary: `${admin.name} has not enabled \`${region}\`: Detective is not planned there`,
        help: "enable the Region in that account, or leave it out with `excludeRegions`",
      });
      continue;
    }
    const accounts = selected.filter(
      (account) => account !== admin && isRegionEnabled(account, region),
    );
    planRegion({ region, block, facts, admin, read, accounts, ...sink });
  }
  if (lost.length > 0) {
    sink.issues.push({
      severity: "warning",
      code: "ORGRAIL3220",
      path: [block.remove === true ? "remove" : "delegatedAdministrator"],
      summary: `AWS deletes the behavior graph of ${lost.join(", ")} with its administrator, up to a year of data in it`,
      help: "a new graph learns anew, and takes two weeks to do so; export what an investigation needs",
    });
  }
  return sink;
}

function planRegion(planning: RegionPlanning): void {
  const { admin, block, read, region, changes, compared, ids } = planning;
  const address = addressIn(region, "graph");
  compared.push(address, addressIn(region, "organizationConfiguration"));
  const isFresh = read.administrator !== admin.id;
  if (isFresh) {
    changes.push({
      operation: "EnableOrganizationAdminAccount",
      address,
      // AWS makes the organization's graph with it, unless the account has one.
      action: "create",
      region,
      account: admin.id,
      input: { AccountId: idOf(admin) },
      before: null,
      after: { administrator: idOf(admin) },
      reason: "the file makes this account Detective's administrator in this Region",
      path: ["delegatedAdministrator"],
      // The graph of another administrator goes first, and has an address of its own.
      needs: [...needsOf(admin), addressIn(region, "formerGraph")],
    });
  } else if (read.graph === null) return;
  else ids[address] = read.graph;
  const graph: Json = isFresh || read.graph === null ? { $ref: address } : read.graph;
  const autoEnable = isFresh ? false : read.autoEnable;
  const common = {
    workIn: admin.id,
    region,
    account: admin.id,
    needs: [...needsOf(admin), address],
  };
  if (autoEnable !== undefined && autoEnable !== block.autoEnable) {
    changes.push({
      ...common,
      operation: "UpdateOrganizationConfiguration",
      address: addressIn(region, "organizationConfiguration"),
      action: "update",
      input: { GraphArn: graph, AutoEnable: block.autoEnable },
      before: { autoEnable },
      after: { autoEnable: block.autoEnable },
      reason: block.autoEnable
        ? "accounts that join shall be members"
        : "accounts that join shall not be members",
      path: ["autoEnable"],
      ...(block.autoEnable ? {} : { risk: "protection" as const }),
    });
  }
  planMembers(planning, graph, common);
  const started = isFresh ? [] : read.packages;
  if (started === undefined) return;
  const missing = (block.datasourcePackages ?? []).filter((name) => !started.includes(name));
  compared.push(addressIn(region, "datasourcePackages"));
  if (missing.length === 0) return;
  changes.push({
    ...common,
    operation: "UpdateDatasourcePackages",
    address: addressIn(region, "datasourcePackages"),
    action: "enable",
    input: { GraphArn: graph, DatasourcePackages: missing },
    before: { packages: [] },
    after: { packages: missing },
    reason: "the file names these source packages",
    path: ["datasourcePackages"],
  });
}

/** Makes members of all accounts of the block, in batches of 50. */
function planMembers(
  { accounts, admin, facts, read, region, changes, compared, foreign, issues }: RegionPlanning,
  graph: Json,
  common: Pick<ServiceChange, "workIn" | "region" | "account" | "needs">,
): void {
  const address = addressIn(region, "members");
  compared.push(address);
  const isFresh = read.administrator !== admin.id;
  const members = isFresh ? {} : read.members;
  if (members === undefined) return;
  const status = new Map(
    Object.entries(members).flatMap(([word, ids]) => ids.map((id) => [id, word] as const)),
  );
  const inside = new Set(facts.accounts.map(({ id }) => id));
  for (const id of isFresh ? [] : (read.invited ?? [])) {
    if (!inside.has(id)) {
      const note = "by invitation from outside the organization";
      foreign.push({ address: thingAddress("detective", "member", { region }, id), id, note });
    }
  }
  const disabled = accounts.filter(({ id }) => status.get(String(id)) === "ACCEPTED_BUT_DISABLED");
  if (disabled.length > 0) {
    issues.push({
      severity: "warning",
      code: "ORGRAIL3221",
      path: [],
      summary: `${disabled.length === 1 ? "1 member sends" : `${disabled.length} members send`} no data to Detective in \`${region}\``,
      help: "AWS says ACCEPTED_BUT_DISABLED: too much data, or GuardDuty is not on in the account",
    });
  }
  const verifying = accounts.filter(
    ({ id }) => status.get(String(id)) === detectiveFacts.verifying,
  );
  if (verifying.length > 0) {
    issues.push({
      severity: "warning",
      code: "ORGRAIL3223",
      path: [],
      summary: `${verifying.length === 1 ? "1 member is" : `${verifying.length} members are`} still being verified by Detective in \`${region}\`: ${verifying.map(({ name }) => name).join(", ")}`,
      help: "this takes minutes; if it does not end, look at the members in the administrator's account",
    });
  }
  const missing = accounts.filter(({ id }) => {
    const word = typeof id === "string" ? status.get(id) : undefined;
    return word === undefined;
  });
  if (status.size + missing.length > detectiveFacts.maxMembers) {
    issues.push({
      severity: "warning",
      code: "ORGRAIL3222",
      path: [],
      summary: `\`${region}\` would have ${status.size + missing.length} members; AWS allows ${detectiveFacts.maxMembers} unless it was asked for more`,
      help: "exclude accounts, or ask AWS Support for more",
    });
  }
  const batches = [
    ...inBatches(
      missing.filter(({ exists }) => exists),
      detectiveFacts.batchSize,
    ),
    ...inBatches(
      missing.filter(({ exists }) => !exists),
      detectiveFacts.batchSize,
    ),
  ];
  for (const [index, batch] of batches.entries()) {
    const ids = batch.map(idOf);
    changes.push({
      ...common,
      operation: "CreateMembers",
      address,
      detail: `${index + 1}`,
      action: "create",
      input: {
        GraphArn: graph,
        Accounts: batch.map((account) => ({
          AccountId: idOf(account),
          // AWS takes the organization's address for accounts of the organization.
          EmailAddress: account.email ?? "unknown@example.com",
        })),
        DisableEmailNotification: true,
      },
      before: { members: [] },
      after: { members: ids },
      reason: `${batch.length === 1 ? "1 account is" : `${batch.length} accounts are`} not covered here`,
      needs: [
        ...(common.needs ?? []),
        ...batch.filter(({ exists }) => !exists).map(({ name }) => `account:${name}`),
      ],
    });
  }
}

function withdrawal(region: RegionName, administrator: string, reason: string): ServiceChange {
  return {
    operation: "DisableOrganizationAdminAccount",
    address: addressIn(region, "formerGraph"),
    action: "deregister",
    region,
    account: administrator,
    input: {},
    before: { administrator },
    after: null,
    reason,
    // AWS deletes the graph, and nothing brings it back.
    risk: "destructive",
    phase: "undo",
  };
}

function needsOf({ name }: PlannedAccount): readonly string[] {
  return [
    `account:${name}`,
    `trustedAccess:${principal}`,
    `delegatedAdministrator:${principal}/${name}`,
  ];
}

function addressIn(region: RegionName, kind: string): string {
  return thingAddress("detective", kind, { region });
}

function idOf({ id }: PlannedAccount): Json {
  return typeof id === "string" ? id : { $ref: id.$ref };
}
