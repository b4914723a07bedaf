import type { RegionName } from "../../core/identifiers.ts";
import { canonicalJson } from "../../core/json.ts";
import type { PlannedAccount } from "../../core/service-plan.ts";
import { systemsManagerFacts } from "../../data/systems-manager.ts";
import { isRegionEnabled } from "../kit/scope.ts";
import { addressOf, idOf, type Planning, placeOf } from "./planning.ts";

const {
  blocked,
  hostManagementRole,
  hostManagementSetting,
  publicSharingSetting,
  settings: known,
} = systemsManagerFacts;

/** A setting that the block gives, or takes back by `remove: true`. */
interface Wanted {
  readonly kind: "publicSharing" | "hostManagement";
  readonly setting: string;
  readonly value: string;
  readonly member: string;
}

/** Plans the settings of accounts and Regions, and the role that one of them needs. */
export function planSettings(planning: Planning): void {
  const { block } = planning.input;
  const { blockPublicSharing, defaultHostManagement } = block;
  const wanted: Wanted[] = [];
  if (blockPublicSharing === true) {
    wanted.push({
      kind: "publicSharing",
      setting: publicSharingSetting,
      value: blocked,
      member: "blockPublicSharing",
    });
  }
  if (defaultHostManagement !== undefined) {
    wanted.push({
      kind: "hostManagement",
      setting: hostManagementSetting,
      value: defaultHostManagement.role,
      member: "defaultHostManagement",
    });
  }
  const proven = new Set(planning.state.provenBlocks);
  for (const account of planning.accounts) {
    if (block.remove !== true) planRole(planning, account);
    for (const region of planning.regions) {
      if (!isRegionEnabled(account, region)) continue;
      for (const one of wanted) planSetting(planning, account, region, one, proven);
    }
  }
}

function planSetting(
  planning: Planning,
  account: PlannedAccount,
  region: RegionName,
  { kind, setting, value, member }: Wanted,
  proven: ReadonlySet<string>,
): void {
  const { state, input, changes, compared } = planning;
  const id = idOf(account);
  const address = addressOf(kind, account, region);
  compared.push(address);
  const byDefault = known[setting]?.default ?? "";
  const now = account.exists ? state.settings[id ?? ""]?.[region]?.[kind] : byDefault;
  // A gap says why it was not read, or Config has proven it.
  if (now === undefined || proven.has(kind === "publicSharing" ? `${id ?? ""}/${region}` : "")) {
    return;
  }
  const { needs = [], ...place } = placeOf(account, region);
  const shared = { ...place, address, path: [member] };
  if (input.block.remove === true) {
    if (now !== value) return;
    changes.push({
      ...shared,
      operation: "ResetServiceSetting",
      action: "disable",
      input: { SettingId: setting },
      before: { value: now },
      after: { value: byDefault },
      reason: "the file says `remove: true`",
      risk: "protection",
      phase: "undo",
      needs,
    });
    return;
  }
  if (now === value) return;
  changes.push({
    ...shared,
    operation: "UpdateServiceSetting",
    action: now === byDefault ? "enable" : "update",
    input: { SettingId: setting, SettingValue: value },
    before: { value: now },
    after: { value },
    reason:
      kind === "publicSharing"
        ? "the file blocks public sharing of documents"
        : "the file wants default host management",
    needs: kind === "hostManagement" ? [...needs, ...roleAddresses(account)] : needs,
  });
}

function roleAddresses(account: PlannedAccount): readonly string[] {
  const address = addressOf("hostManagementRole", account);
  return [address, `${address}/policy`];
}

function planRole(planning: Planning, account: PlannedAccount): void {
  const { block, facts } = planning.input;
  const wanted = block.defaultHostManagement;
  if (wanted?.createRole !== true) return;
  const role = account.exists
    ? planning.state.roles[idOf(account) ?? ""]
    : { exists: false, isBare: true };
  // One that is there is left as it is, but for one that an apply was kept from finishing.
  if (role === undefined || (role.exists && !role.isBare)) return;
  const words = wanted.role.split("/");
  const RoleName = words.at(-1) ?? "";
  const Path = words.length === 1 ? "/" : `/${words.slice(0, -1).join("/")}/`;
  const [address = "", policyAddress = ""] = roleAddresses(account);
  const { needs = [], ...place } = placeOf(account);
  planning.compared.push(address);
  if (!role.exists) {
    planning.changes.push({
      ...place,
      operation: "CreateRole",
      address,
      action: "create",
      input: {
        RoleName,
        Path,
        AssumeRolePolicyDocument: canonicalJson({
          Version: "2012-10-17",
          Statement: [
            {
              Effect: "Allow",
              Principal: { Service: hostManagementRole.trusted },
              Action: "sts:AssumeRole",
            },
          ],
        }),
        Description: "Lets Systems Manager manage EC2 instances that have no profile for it",
      },
      before: null,
      after: { exists: true },
      reason: "default host management needs this role, and the account lacks it",
      needs,
      path: ["defaultHostManagement"],
    });
  }
  planning.changes.push({
    ...place,
    operation: "AttachRolePolicy",
    address: policyAddress,
    action: "attach",
    input: {
      RoleName,
      PolicyArn: `arn:${facts.partition}:iam::aws:policy/${hostManagementRole.policy}`,
    },
    before: { hasPolicy: false },
    after: { hasPolicy: true },
    reason: "the role works by AWS's policy for it",
    needs: [...needs, address],
    path: ["defaultHostManagement"],
  });
}
