import type { AccountId, RegionName } from "../../core/identifiers.ts";
import { isJsonObject } from "../../core/json.ts";
import type {
  CoverageInput,
  CoverageReader,
  ServiceCoverage,
  Verdict,
} from "../../core/service-coverage.ts";
import type { OrganizationState } from "../../core/snapshot.ts";
import { fact, remembering, unread, verdict } from "../kit/coverage.ts";
import { administers, worksIn } from "./scope.ts";
import type {
  AdministratorState,
  FirewallManagerState,
  FirewallPolicyState,
  FirewallRegionState,
} from "./state.ts";

/** Which accounts a policy of Firewall Manager is about in a Region, and whether it remedies. */
export const firewallManagerCoverage: ServiceCoverage<FirewallManagerState> = {
  cells: "region",
  read,
};

function read({ state, organization }: CoverageInput<FirewallManagerState>): CoverageReader {
  const once = remembering<Verdict>();
  const { administrators } = state;
  const owner = administrators?.find(({ isDefault }) => isDefault)?.account;
  const others = administrators?.filter(({ isDefault }) => !isDefault) ?? [];
  const source = "fms:ListAdminAccountsForOrganization";
  const pathOf = paths(organization);
  return {
    at: ({ id, parentId }, region = "") => {
      if (administrators === undefined) return once("unread", () => unread("administrators"));
      if (owner === undefined) {
        return once("nobody", () =>
          verdict(
            "off",
            "no account administers Firewall Manager",
            fact("AdminAccounts", [], source),
          ),
        );
      }
      const found = state.regions[region];
      const units = pathOf(parentId);
      const here = (found?.policies ?? []).map(
        (policy): PolicyHere => ({
          policy,
          subject: `${region}/policies/${policy.name}`,
          ...about(policy, id, units),
        }),
      );
      const missing = found === undefined ? [`${region}/policies`] : [];
      for (const other of others) {
        const read = ofOther(other, state.others?.[other.account]?.[region], region, id, units);
        here.push(...read.policies);
        missing.push(...read.missing);
      }
      const key = here.map(({ isAbout }) => String(isAbout)).join();
      return once(`${region} ${key} ${missing}`, () => policiesVerdict(here, missing));
    },
  };
}

/** What an administrator other than the default one has for an account in a Region. */
function ofOther(
  { account: administrator, scope }: AdministratorState,
  found: FirewallRegionState | undefined,
  region: RegionName,
  account: AccountId,
  units: ReadonlySet<string>,
): { readonly policies: readonly PolicyHere[]; readonly missing: readonly string[] } {
  const base = `administrators/${administrator}`;
  if (scope === undefined) return { policies: [], missing: [base] };
  if (!worksIn(scope, region) || !administers(scope, account, units)) {
    return { policies: [], missing: [] };
  }
  const subject = `${base}/${region}/policies`;
  if (found === undefined) return { policies: [], missing: [subject] };
  const policies = found.policies.map(
    (policy): PolicyHere => ({
      policy,
      subject: `${subject}/${policy.name}`,
      ...about(policy, account, units),
    }),
  );
  return { policies, missing: [] };
}

interface PolicyHere {
  readonly policy: FirewallPolicyState;
  /** Where the gap of its content would be. */
  readonly subject: string;
  /** Absent: its content was not read. */
  readonly isAbout?: boolean;
  readonly isRemedying?: boolean;
}

/** `missing`: what was not read and might tell of a policy that remedies. */
function policiesVerdict(policies: readonly PolicyHere[], missing: readonly string[]): Verdict {
  const applying = policies.filter(({ isAbout }) => isAbout === true);
  const names = (list: readonly PolicyHere[]): string[] => list.map(({ policy }) => policy.name);
  const remedying = applying.filter(({ isRemedying }) => isRemedying === true);
  const seen = fact("policies in scope", names(applying), "fms:GetPolicy");
  if (remedying.length > 0) {
    return verdict("on", `policies remedy: ${names(remedying).join(", ")}`, seen);
  }
  const open = missing[0] ?? policies.find(({ isAbout }) => isAbout === undefined)?.subject;
  if (open !== undefined) {
    const isOthers = open.startsWith("administrators/");
    return unread(
      open,
      isOthers ? "policies of another administrator were not read" : "policies were not read",
    );
  }
  if (applying.length > 0) {
    const list = names(applying).join(", ");
    return verdict("partial", `policies report and do not remedy: ${list}`, seen);
  }
  return verdict("off", "no policy is about it", seen);
}

/** Whether a policy is about an account, by its id or that of a unit above it. */
function about(
  { content }: FirewallPolicyState,
  account: string,
  units: ReadonlySet<string>,
): Omit<PolicyHere, "policy" | "subject"> {
  if (content === undefined) return {};
  const isIn = (map: unknown): boolean | undefined => {
    const accounts = listOf(map, "ACCOUNT");
    const orgUnits = listOf(map, "ORG_UNIT");
    if (accounts.length + orgUnits.length === 0) return undefined;
    return accounts.includes(account) || orgUnits.some((unit) => units.has(unit));
  };
  // AWS heeds the exclusions only where nothing is included.
  const isAbout = isIn(content.IncludeMap) ?? isIn(content.ExcludeMap) !== true;
  return { isAbout, isRemedying: content.RemediationEnabled === true };
}

function listOf(map: unknown, member: string): readonly string[] {
  const list = isJsonObject(map) ? map[member] : undefined;
  return Array.isArray(list) ? list.map(String) : [];
}

function paths({
  organizationalUnits,
}: OrganizationState): (parentId: string) => ReadonlySet<string> {
  const parents = new Map(organizationalUnits.map((unit) => [unit.id, unit.parentId]));
  const known = new Map<string, ReadonlySet<string>>();
  return (parentId) => {
    let found = known.get(parentId);
    if (found === undefined) {
      const ids = new Set<string>();
      for (let at: string | undefined = parentId; at !== undefined && !ids.has(at); ) {
        ids.add(at);
        at = parents.get(at);
      }
      found = ids;
      known.set(parentId, found);
    }
    return found;
  };
}
