import type { RegionName } from "../../core/identifiers.ts";
import { canonicalJson, type JsonObject } from "../../core/json.ts";
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
import { accessAnalyzerFacts } from "../../data/access-analyzer.ts";
import { thingAddress } from "../kit/address.ts";
import { accountNamed, isRegionEnabled, selectRegions } from "../kit/scope.ts";
import type { AccessAnalyzerBlock, ArchiveRuleBlock } from "./schema.ts";
import type { AccessAnalyzerState, AnalyzerState } from "./state.ts";

type Input = ServicePlanInput<AccessAnalyzerBlock, AccessAnalyzerState>;

const { principal } = accessAnalyzerFacts;

/** An analyzer that the block asks for. */
interface Wanted {
  readonly kind: "externalAccess" | "unusedAccess";
  readonly type: string;
  readonly name: string;
  readonly region: RegionName;
  readonly days?: number;
  readonly archiveRules?: readonly ArchiveRuleBlock[] | undefined;
}

/** Plans IAM Access Analyzer. */
export const accessAnalyzerPlanner: ServicePlanner<AccessAnalyzerBlock, AccessAnalyzerState> = {
  id: "access-analyzer",
  title: "IAM Access Analyzer",
  needs: (block): OrganizationNeeds =>
    block.remove === true
      ? { trustedAccess: [], delegatedAdministrators: [], policyTypes: [] }
      : {
          trustedAccess: [principal],
          delegatedAdministrators:
            block.delegatedAdministrator === undefined
              ? []
              : [{ servicePrincipal: principal, account: block.delegatedAdministrator }],
          policyTypes: [],
        },
  plan: planAccessAnalyzer,
};

function planAccessAnalyzer(input: Input): ServicePlan {
  const { block, state, facts } = input;
  const changes: ServiceChange[] = [];
  const compared: string[] = [];
  const foreign: ForeignThing[] = [];
  const issues: BlockIssue[] = [];
  const owner =
    accountNamed(facts, block.delegatedAdministrator) ??
    facts.accounts.find(({ isManagement }) => isManagement);
  if (state === undefined || owner === undefined) return { changes, compared, foreign, issues };

  const regions = selectRegions(facts, block, accessAnalyzerFacts.regions.names);
  const wanted = block.remove === true ? [] : wantedIn(block, regions, facts.homeRegion);
  for (const region of new Set([...regions, ...wanted.map((one) => one.region)])) {
    if (!isRegionEnabled(owner, region)) {
      issues.push({
        severity: "warning",
        code: "ORGRAIL3072",
        path: ["delegatedAdministrator"],
        summary: `${owner.name} has not enabled \`${region}\`: no analyzer is planned there`,
        help: "enable the Region in that account, or leave it out with `excludeRegions`",
      });
      continue;
    }
    const read = owner.exists ? state.regions[region] : { analyzers: [] };
    if (read === undefined) continue; // A gap says why it was not read.
    const left = new Set(read.analyzers);
    for (const one of wanted) {
      if (one.region !== region) continue;
      const found = read.analyzers.find(({ type }) => type === one.type);
      if (found !== undefined) left.delete(found);
      compared.push(addressOf(owner, one.region, found?.name ?? one.name));
      changes.push(...planAnalyzer(owner, one, found, issues));
    }
    for (const analyzer of left) {
      const address = addressOf(owner, region, analyzer.name);
      const isOurs =
        analyzer.name === block.externalAccess?.name || analyzer.name === block.unusedAccess?.name;
      if (block.remove === true && (isOurs || analyzer.name.startsWith("orgrail-"))) {
        changes.push(deletion(owner, region, analyzer, "the file says `remove: true`", "undo"));
      } else foreign.push({ address, id: analyzer.arn, note: analyzer.type });
    }
  }
  return { changes, compared, foreign, issues };
}

function wantedIn(
  block: AccessAnalyzerBlock,
  regions: readonly RegionName[],
  homeRegion: RegionName,
): readonly Wanted[] {
  const { externalAccess, unusedAccess } = block;
  const external = regions.flatMap((region): Wanted[] =>
    externalAccess === undefined
      ? []
      : [
          {
            ...externalAccess,
            kind: "externalAccess",
            type: "ORGANIZATION",
            region,
            archiveRules: externalAccess.archiveRules,
          },
        ],
  );
  if (unusedAccess === undefined) return external;
  const { name, days, region = homeRegion, archiveRules } = unusedAccess;
  return [
    ...external,
    { kind: "unusedAccess", type: "ORGANIZATION_UNUSED_ACCESS", name, days, region, archiveRules },
  ];
}

function planAnalyzer(
  owner: PlannedAccount,
  wanted: Wanted,
  found: AnalyzerState | undefined,
  issues: BlockIssue[],
): readonly ServiceChange[] {
  const { kind, region, days } = wanted;
  if (found === undefined) return [creation(owner, wanted, [])];
  if (days !== undefined && found.unusedAccessAge !== days) {
    issues.push({
      severity: "warning",
      code: "ORGRAIL3073",
      path: [kind, "days"],
      summary: `\`${found.name}\` counts access as unused after ${found.unusedAccessAge ?? "?"} days; AWS can only replace it`,
      help: "its findings and archive rules are lost; a new analyzer finds anew within days",
    });
    const gone = deletion(owner, region, found, "its number of days cannot be changed", "do");
    return [gone, creation(owner, wanted, [gone.address])];
  }
  if (found.archiveRules === undefined) return [];
  return (wanted.archiveRules ?? []).flatMap((rule) => {
    const now = found.archiveRules?.find(({ name }) => name === rule.name);
    const filter = rule.filter as JsonObject;
    if (now !== undefined && canonicalJson(now.filter as JsonObject) === canonicalJson(filter))
      return [];
    return [
      {
        ...place(owner, region),
        operation: now === undefined ? "CreateArchiveRule" : "UpdateArchiveRule",
        address: `${addressOf(owner, region, found.name)}/archiveRule:${rule.name}`,
        action: now === undefined ? "create" : "update",
        input: { analyzerName: found.name, ruleName: rule.name, filter },
        before: now === undefined ? null : { filter: now.filter as JsonObject },
        after: { filter },
        reason: "the file gives this rule",
        path: [kind, "archiveRules"],
      } satisfies ServiceChange,
    ];
  });
}

function creation(
  owner: PlannedAccount,
  { kind, type, name, region, days, archiveRules }: Wanted,
  after: readonly string[],
): ServiceChange {
  return {
    ...place(owner, region),
    operation: "CreateAnalyzer",
    address: addressOf(owner, region, name),
    action: "create",
    input: {
      analyzerName: name,
      type,
      ...(days === undefined ? {} : { configuration: { unusedAccess: { unusedAccessAge: days } } }),
      ...(archiveRules === undefined
        ? {}
        : {
            archiveRules: archiveRules.map((rule) => ({
              ruleName: rule.name,
              filter: rule.filter as JsonObject,
            })),
          }),
    },
    before: null,
    after: { type, ...(days === undefined ? {} : { unusedAccessAge: days }) },
    reason: `the file wants an analyzer for ${kind === "externalAccess" ? "external" : "unused"} access`,
    path: [kind],
    needs: [...needsOf(owner), ...after],
  };
}

function deletion(
  owner: PlannedAccount,
  region: RegionName,
  analyzer: AnalyzerState,
  reason: string,
  phase: "do" | "undo",
): ServiceChange {
  const { name, type, unusedAccessAge } = analyzer;
  return {
    ...place(owner, region),
    operation: "DeleteAnalyzer",
    address: addressOf(owner, region, name),
    action: "delete",
    input: { analyzerName: name },
    before: { type, ...(unusedAccessAge === undefined ? {} : { unusedAccessAge }) },
    after: null,
    reason,
    risk: "protection",
    phase,
  };
}

function needsOf({ name }: PlannedAccount): readonly string[] {
  return [
    `trustedAccess:${principal}`,
    `delegatedAdministrator:${principal}/${name}`,
    `account:${name}`,
  ];
}

function addressOf({ name }: PlannedAccount, region: RegionName, analyzer: string): string {
  return thingAddress("access-analyzer", "analyzer", { account: name, region }, analyzer);
}

function place(
  owner: PlannedAccount,
  region: RegionName,
): Pick<ServiceChange, "workIn" | "region" | "account"> {
  return { workIn: owner.id, region, account: owner.id };
}
