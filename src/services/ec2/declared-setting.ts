import type { AccountId } from "../../core/identifiers.ts";
import { settingAt } from "../kit/effective-policies.ts";
import type { Ec2State, SettingName } from "./state.ts";

/** Where a declarative policy says what accounts can set themselves, below `ec2_attributes`. */
export const declaredPaths: Readonly<Partial<Record<SettingName, readonly string[]>>> = {
  instanceMetadata: ["instance_metadata_defaults", "http_tokens"],
  snapshots: ["snapshot_block_public_access", "state"],
  images: ["image_block_public_access", "state"],
  serialConsole: ["serial_console_access", "status"],
  vpcInternetAccess: ["vpc_block_public_access", "internet_gateway_block", "mode"],
};

/** What the effective declarative policy of an account says of a setting; `undefined`: nothing. */
export function declaredSetting(
  { policies, policyOf }: Pick<Ec2State, "policies" | "policyOf">,
  account: AccountId,
  setting: SettingName,
): string | undefined {
  const path = declaredPaths[setting];
  const number = policyOf[account];
  const policy = number == null ? undefined : policies[number];
  if (path === undefined || policy === undefined) return undefined;
  const found = settingAt(policy, ["ec2_attributes", ...path]);
  return typeof found === "string" ? found : undefined;
}
