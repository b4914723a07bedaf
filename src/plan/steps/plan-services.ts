import type { DesiredService } from "../../core/desired.ts";
import type {
  BlockIssue,
  IdOrRef,
  OrganizationFacts,
  PlannedAccount,
  PlannedUnit,
  ServiceChange,
} from "../../core/service-plan.ts";
import type { AlternateContactType } from "../../core/snapshot.ts";
import { partitions } from "../../data/partitions.ts";
import { entry } from "../live.ts";
import { type Draft, draft, idOrRef, type Planning, report } from "../planning.ts";
import type { AnyPlanner } from "../service-needs.ts";
import type { UnitNode, UnitTree } from "../tree.ts";
import type { AccountNodes } from "./match-accounts.ts";

/**
 * Plans the services that the file has blocks for. Each service's own planner is told of the
 * organization as it will be; what its changes need of the organization and of each other is
 * looked up by address.
 */
export function planServices(
  planning: Planning,
  tree: UnitTree,
  accounts: AccountNodes,
  planners: readonly AnyPlanner[],
): void {
  const { desired, snapshot } = planning;
  const blocks = desired.services ?? {};
  const present = planners.filter(({ id }) => blocks[id] !== undefined);
  if (present.length === 0) return;
  const facts = factsOf(planning, tree, accounts);
  const organizationDrafts = [...planning.drafts];
  const made: { change: ServiceChange; draft: Draft }[] = [];
  for (const planner of present) {
    const service = blocks[planner.id];
    if (service === undefined) continue;
    const state = snapshot.services?.[planner.id];
    if (state === undefined) {
      report(
        planning,
        "warning",
        "ORGRAIL3071",
        `${planner.title} was not read; nothing about it is planned`,
        { span: service.span, help: "see the gaps: allow the denied reads, then plan again" },
      );
    }
    const planned = planner.plan({ block: service.block, state, facts, files: service.files });
    for (const issue of planned.issues) reportIssue(planning, service, issue);
    for (const address of planned.compared) planning.compared.add(address);
    planning.foreign.push(...planned.foreign);
    for (const [address, id] of Object.entries(planned.ids ?? {})) planning.ids.set(address, id);
    for (const change of planned.changes) {
      made.push({ change, draft: draftOf(planning, planner.id, service, change) });
    }
  }
  connect(planning, organizationDrafts, made);
}

function factsOf(planning: Planning, tree: UnitTree, accounts: AccountNodes): OrganizationFacts {
  const { desired, snapshot } = planning;
  const { organization } = snapshot;
  const homeRegion = desired.organization.homeRegion ?? partitions.list[0].globalRegion;
  const unitOf = (node: UnitNode): PlannedUnit => ({ path: node.path, id: idOrRef(node) });
  const planned = accounts.all.map((node): PlannedAccount => {
    const email = node.live?.email ?? node.desired?.email;
    return {
      name: node.name,
      id: idOrRef(node) as IdOrRef,
      ...(email === undefined ? {} : { email }),
      exists: node.id !== undefined,
      state: node.live?.state ?? "ACTIVE",
      isManagement: node.id === organization.managementAccountId,
      path: node.parent.path,
      ...(node.live?.tags === undefined ? {} : { tags: node.live.tags }),
      ...(node.live?.regions === undefined ? {} : { regions: node.live.regions }),
      ...(node.desired?.alternateContacts === undefined
        ? {}
        : { ownContacts: Object.keys(node.desired.alternateContacts) as AlternateContactType[] }),
    };
  });
  return {
    organizationId: organization.id,
    managementAccountId: organization.managementAccountId,
    partition: organization.arn.split(":")[1] ?? "aws",
    homeRegion,
    governedRegions:
      desired.organization.governedRegions.length === 0
        ? [homeRegion]
        : desired.organization.governedRegions,
    units: [tree.root, ...tree.units].map(unitOf),
    accounts: planned.sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0)),
  };
}

function draftOf(
  planning: Planning,
  id: string,
  service: DesiredService,
  change: ServiceChange,
): Draft {
  const { needs: _, path, phase = "do", workIn, region, account, detail, ...rest } = change;
  const made = draft(planning, {
    ...rest,
    service: id,
    rank: phase === "undo" ? "undoService" : "service",
    span: spanOf(service, path),
    ...(detail === undefined ? {} : { detail }),
    ...(typeof account === "string" ? { account } : {}),
    ...(workIn === undefined ? {} : { workIn }),
    ...(region === undefined ? {} : { region }),
  });
  planning.compared.add(change.address);
  return made;
}

/** Makes each change wait for what it needs, and the organization's withdrawals for the services. */
function connect(
  planning: Planning,
  ofOrganization: readonly Draft[],
  made: readonly { readonly change: ServiceChange; readonly draft: Draft }[],
): void {
  const byAddress = new Map<string, Draft[]>();
  for (const one of planning.drafts) entry(byAddress, one.address, (): Draft[] => []).push(one);
  const withdrawals = ofOrganization.filter(
    ({ operation }) =>
      operation === "DeregisterDelegatedAdministrator" || operation === "DisableAWSServiceAccess",
  );
  for (const { change, draft: waiting } of made) {
    for (const address of change.needs ?? []) {
      for (const first of byAddress.get(address) ?? []) {
        if (first !== waiting) waiting.needs.add(first);
      }
    }
    for (const value of [change.workIn, change.account]) {
      if (typeof value !== "object") continue;
      for (const first of byAddress.get(value.$ref) ?? []) waiting.needs.add(first);
    }
    if (change.phase !== "undo") continue;
    for (const withdrawal of withdrawals) withdrawal.needs.add(waiting);
  }
}

function reportIssue(planning: Planning, service: DesiredService, issue: BlockIssue): void {
  report(planning, issue.severity, issue.code, issue.summary, {
    span: spanOf(service, issue.path),
    help: issue.help,
  });
}

/** The place of a path in the block, or of the nearest thing around it that is written. */
function spanOf(
  service: DesiredService,
  path: readonly (string | number)[] = [],
): DesiredService["span"] {
  for (let length = path.length; length > 0; length--) {
    const at = path
      .slice(0, length)
      .map((step) => `/${String(step).replaceAll("~", "~0").replaceAll("/", "~1")}`)
      .join("");
    const span = service.places[at];
    if (span !== undefined) return span;
  }
  return service.span;
}
