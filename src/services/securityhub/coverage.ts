import type { AccountId, RegionName } from "../../core/identifiers.ts";
import type {
  CoverageInput,
  CoverageReader,
  ServiceCoverage,
  Verdict,
} from "../../core/service-coverage.ts";
import type { OrganizationAccountState } from "../../core/snapshot.ts";
import { fact, outside, remembering, unread, verdict } from "../kit/coverage.ts";
import type { AggregatorState, RegionHubState, SecurityHubState } from "./state.ts";

const name = "Security Hub";
const hub = "securityhub:DescribeHub";
const associated = "securityhub:ListConfigurationPolicyAssociations";

/**
 * Where Security Hub CSPM is on: by the configuration policy that bears on an account where the
 * organization is configured centrally, else by the members of each Region's administrator.
 */
export const securityHubCoverage: ServiceCoverage<SecurityHubState> = { cells: "region", read };

function read(input: CoverageInput<SecurityHubState>): CoverageReader {
  const { state, organization, homeRegion } = input;
  const once = remembering<Verdict>();
  const policyOf = policyLookup(input);
  const configuration = Object.values(state.regions).find(
    (one) => one.configuration?.configurationType === "CENTRAL",
  )?.configuration;
  const isCentral = configuration?.status === "ENABLED";
  return {
    at: (account, region = "") => {
      const found = state.regions[region];
      if (found === undefined) return once(region, () => unread(region));
      const { id } = account;
      const isManagement = id === organization.managementAccountId;
      const own = isManagement ? found.managementHub : found.hubs?.[id];
      const subject = isManagement ? `${region}/managementHub` : `${region}/hubs`;
      const alone = (because: string): Verdict =>
        once(`${region} ${because} ${own} ${subject}`, () =>
          outside(name, own, because, subject, hub),
        );
      if (found.administrator === null) {
        return alone("no account administers Security Hub in the Region");
      }
      if (isCentral) {
        if (!isLinked(state.aggregator, region, homeRegion)) {
          return state.aggregator === undefined
            ? once(`${region} aggregator`, () => unread(`${homeRegion}/aggregator`))
            : alone("central configuration does not reach the Region");
        }
        const policy = policyOf(account);
        if (policy === undefined) {
          return once("associations", () => unread(`${homeRegion}/associations`));
        }
        if (policy === null) return alone("no configuration policy is associated with it");
        if (policy === selfManaged) return alone("it manages its Security Hub itself");
        return isManagement
          ? managementVerdict(policy, own, subject)
          : once(`policy ${policy}`, () => policyVerdict(state, policy, homeRegion));
      }
      return localVerdict(found, id, region, { once, alone, own });
    },
    autoEnable: (region) => {
      if (isCentral) return "CENTRAL";
      const on = state.regions[region]?.configuration?.autoEnable;
      return on === undefined ? undefined : on ? "NEW" : "NONE";
    },
  };
}

const selfManaged = "SELF_MANAGED_SECURITY_HUB";

/** The policy that bears on an account: the nearest association above it. */
function policyLookup({
  state,
  organization,
}: CoverageInput<SecurityHubState>): (
  account: OrganizationAccountState,
) => string | null | undefined {
  const { associations } = state;
  const parents = new Map(organization.organizationalUnits.map((unit) => [unit.id, unit.parentId]));
  const once = remembering<string | null>();
  const above = (id: string): string | null =>
    once(id, () => {
      const parent = parents.get(id);
      return associations?.[id] ?? (parent === undefined ? null : above(parent));
    });
  return ({ id, parentId }) =>
    associations === undefined ? undefined : (associations[id] ?? above(parentId));
}

function isLinked(
  aggregator: AggregatorState | null | undefined,
  region: RegionName,
  homeRegion: RegionName,
): boolean {
  if (aggregator === undefined || aggregator === null) return false;
  if (region === aggregator.home || region === homeRegion) return true;
  const isNamed = aggregator.regions.includes(region);
  if (aggregator.linking === "ALL_REGIONS") return true;
  return aggregator.linking === "ALL_REGIONS_EXCEPT_SPECIFIED" ? !isNamed : isNamed;
}

function policyVerdict(state: SecurityHubState, id: string, homeRegion: RegionName): Verdict {
  const policy = state.policies?.find((one) => one.id === id);
  if (policy?.content === undefined) {
    return unread(`${homeRegion}/policies${policy === undefined ? "" : `/${policy.name}`}`);
  }
  const isOn = policy.content.ServiceEnabled === true;
  const seen = [
    fact("configuration policy", policy.name, associated),
    fact("ServiceEnabled", isOn, "securityhub:GetConfigurationPolicy"),
  ];
  return isOn
    ? verdict("on", `the configuration policy ${policy.name} keeps it on`, ...seen)
    : verdict("off", `the configuration policy ${policy.name} keeps it off`, ...seen);
}

/** A policy does not reach the management account before it has a hub of its own. */
function managementVerdict(policy: string, own: boolean | undefined, subject: string): Verdict {
  if (own === undefined) return unread(subject);
  const seen = [fact("hub", own, hub), fact("configuration policy", policy, associated)];
  return own
    ? verdict("on", "the management account has enabled its hub", ...seen)
    : verdict("off", "the management account has not enabled its hub", ...seen);
}

interface Known {
  readonly once: (key: string, make: () => Verdict) => Verdict;
  readonly alone: (because: string) => Verdict;
  readonly own: boolean | undefined;
}

function localVerdict(
  found: RegionHubState,
  id: AccountId,
  region: RegionName,
  { once, alone, own }: Known,
): Verdict {
  if (id === found.administrator) {
    return once(`${region} own`, () =>
      found.configuration === undefined
        ? unread(`${region}/configuration`)
        : verdict(
            "on",
            "the administrator's own hub",
            fact(
              "AutoEnable",
              found.configuration.autoEnable,
              "securityhub:DescribeOrganizationConfiguration",
            ),
          ),
    );
  }
  if (found.members === undefined)
    return once(`${region} members`, () => unread(`${region}/members`));
  const status = found.members[id];
  if (status === undefined) return alone("it is no member of the administrator");
  return once(`${region} ${status} ${own}`, () => {
    const seen = fact("MemberStatus", status, "securityhub:ListMembers");
    if (status === "Enabled") return verdict("on", "enabled member of the administrator", seen);
    if (status !== "Removed" && status !== "Resigned") {
      return verdict("off", `member of the administrator, but ${status}`, seen);
    }
    return own === false
      ? verdict("off", "disassociated, and without hub", seen, fact("hub", false, hub))
      : verdict("partial", "disassociated: what its hub finds reaches nobody else", seen);
  });
}
