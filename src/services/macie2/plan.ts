import type {
  OrganizationNeeds,
  ServicePlan,
  ServicePlanInput,
  ServicePlanner,
} from "../../core/service-plan.ts";
import { macieFacts } from "../../data/macie.ts";
import { accountNamed, selectAccounts, selectRegions } from "../kit/scope.ts";
import { planAdministrators, withdrawal } from "./plan-administrators.ts";
import { planMembers } from "./plan-members.ts";
import { planSettings } from "./plan-region.ts";
import { byAdministrator, type MaciePlanning, regionAddress, say } from "./planning.ts";
import type { MacieBlock } from "./schema.ts";
import type { MacieState } from "./state.ts";

const { principal } = macieFacts;

/** Plans Macie. */
export const maciePlanner: ServicePlanner<MacieBlock, MacieState> = {
  id: "macie2",
  title: "Amazon Macie",
  needs: ({ remove, delegatedAdministrator: account }): OrganizationNeeds =>
    remove === true || account === undefined
      ? { trustedAccess: [], delegatedAdministrators: [], policyTypes: [] }
      : {
          trustedAccess: [principal],
          delegatedAdministrators: [{ servicePrincipal: principal, account }],
          policyTypes: [],
        },
  plan: planMacie,
};

function planMacie(input: ServicePlanInput<MacieBlock, MacieState>): ServicePlan {
  const { block, state, facts } = input;
  const administrator = accountNamed(facts, block.delegatedAdministrator);
  const management = facts.accounts.find(({ isManagement }) => isManagement);
  if (state === undefined || administrator === undefined || management === undefined) {
    return { changes: [], compared: [], foreign: [], issues: [] };
  }
  const planning: MaciePlanning = {
    block,
    state,
    facts,
    administrator,
    management,
    accounts: selectAccounts(facts, block).filter(({ name }) => name !== administrator.name),
    changes: [],
    compared: [],
    foreign: [],
    issues: [],
  };
  if (block.remove === true) planRemoval(planning);
  else {
    const regions = selectRegions(facts, block, macieFacts.regions.names);
    for (const region of planAdministrators(planning, regions)) {
      const found = state.regions[region];
      if (found === undefined) continue;
      planMembers(planning, region, found);
      planSettings(planning, region, found);
    }
    const active = facts.accounts.filter((one) => one.state === "ACTIVE").length;
    if (block.autoEnable && planning.accounts.length + 1 < active) {
      say(
        planning,
        "info",
        "ORGRAIL3144",
        ["autoEnable"],
        "accounts that join later become members wherever they are, in excluded organizational units, too",
        "set `autoEnable: false`; then each apply adds those that the block covers",
      );
    }
  }
  const { changes, compared, foreign, issues } = planning;
  return { changes, compared, foreign, issues };
}

/** The end of Macie for the organization. Accounts keep their Macie, each on its own. */
function planRemoval(planning: MaciePlanning): void {
  const { state, administrator } = planning;
  const reason = "the file says `remove: true`";
  for (const [region, { administrator: found, autoEnable }] of Object.entries(state.regions)) {
    if (found !== administrator.id) continue;
    const address = regionAddress("organizationConfiguration", region);
    if (autoEnable === true) {
      planning.changes.push(
        byAdministrator(planning, region, {
          operation: "UpdateOrganizationConfiguration",
          address,
          action: "update",
          input: { autoEnable: false },
          before: { autoEnable: true },
          after: { autoEnable: false },
          reason,
          risk: "protection",
          phase: "undo",
          path: ["remove"],
        }),
      );
    }
    planning.compared.push(regionAddress("administrator", region));
    planning.changes.push(
      withdrawal(region, String(administrator.id), reason, {
        needs: [address],
        path: ["remove"],
      }),
    );
  }
  if (planning.changes.length === 0) return;
  say(
    planning,
    "warning",
    "ORGRAIL3145",
    ["remove"],
    "Macie stays on in the accounts, each on its own",
    "AWS bills on: disable it account by account; nobody sees the organization's findings any more",
  );
}
