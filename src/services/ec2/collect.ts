import type { AccountId, RegionName } from "../../core/identifiers.ts";
import type { JsonObject } from "../../core/json.ts";
import { configFacts } from "../../data/config.ts";
import { ec2Settings } from "../../data/ec2-settings.ts";
import { accountsInScope } from "../kit/collect-scope.ts";
import { provenByConfig } from "../kit/config-evidence.ts";
import { effectivePolicies } from "../kit/effective-policies.ts";
import type { CollectContext } from "../security-service.ts";
import { declaredSetting } from "./declared-setting.ts";
import { readers } from "./reads.ts";
import type { Ec2Block } from "./schema.ts";
import type { Ec2State, SettingName, SettingState } from "./state.ts";
import { wantedSettings } from "./wanted.ts";

type Context = CollectContext<Ec2Block>;

/** What is read in the tier `inside`, where no block says what matters. */
const inside: readonly SettingName[] = [
  "ebsEncryption",
  "instanceMetadata",
  "snapshots",
  "images",
  "serialConsole",
  "vpcInternetAccess",
];

/**
 * Reads what the block asks for account by account with a call for each setting, account and
 * Region, but for what Config proves; what declarative policies do is computed without a call.
 * Without block accounts are asked in the tier `inside` alone, and only for what no policy holds.
 */
export async function collectEc2(context: Context): Promise<Ec2State> {
  const { block, tier } = context;
  const wanted = block === undefined ? [] : wantedSettings(block);
  const names =
    block === undefined
      ? tier === "inside"
        ? inside
        : []
      : [...new Set(wanted.filter(({ via }) => via === "account").map(({ setting }) => setting))];
  const isAsked = names.includes("ebsEncryption") || (block === undefined && tier !== "headline");
  const encrypted = isAsked ? await proven(context) : new Set<string>();
  const declared = policiesOf(
    context,
    block === undefined || wanted.some(({ via }) => via === "declarative-policy"),
  );
  const places = placesOf(context);
  const read = await context.each(names, async (name) => {
    const found = await context.each(places, async ({ account, region }) => {
      const place = `${account}/${region}`;
      if (name === "ebsEncryption" && encrypted.has(place)) return [];
      if (block === undefined && declaredSetting(declared, account, name) !== undefined) return [];
      const one = await readOne(context, name, account, region);
      return one === undefined ? [] : [[place, one] as const];
    });
    return [name, Object.fromEntries(found.flat())] as const;
  });
  return {
    settings: Object.fromEntries(read),
    encrypted: [...encrypted].sort(),
    ...declared,
  };
}

function readOne(
  context: Context,
  name: SettingName,
  account: AccountId,
  region: RegionName,
): Promise<SettingState | undefined> {
  const how = {
    account,
    region,
    ...(context.signal === undefined ? {} : { signal: context.signal }),
  };
  return context.attempt(`${account}/${region}/${name}`, () => readers[name](context.aws, how));
}

function placesOf(
  context: Context,
): readonly { readonly account: AccountId; readonly region: RegionName }[] {
  const { block } = context;
  const excluded = new Set(block?.excludeRegions ?? []);
  const regions = (block?.regions ?? context.regions).filter((region) => !excluded.has(region));
  return accountsInScope(context, block).flatMap(({ id: account }) =>
    regions
      .filter((region) => context.isRegionEnabled(account, region))
      .map((region) => ({ account, region })),
  );
}

/** Where Config proves encryption; it is asked only when somebody administers it. */
async function proven(context: Context): Promise<ReadonlySet<string>> {
  const { block, organization } = context;
  const hasConfig = organization.delegatedAdministrators?.some(({ services }) =>
    services?.includes(configFacts.principals.config),
  );
  if (hasConfig !== true || block?.remove === true) return new Set();
  return provenByConfig(context, ec2Settings.encryptionRule);
}

function policiesOf(
  { organization }: Context,
  isAsked: boolean,
): Pick<Ec2State, "policies" | "policyOf"> {
  const policies: JsonObject[] = [];
  const policyOf: Record<AccountId, number | null> = {};
  if (!isAsked) return { policies, policyOf };
  for (const [account, policy] of effectivePolicies(organization, "DECLARATIVE_POLICY_EC2")) {
    if (policy === null) {
      policyOf[account] = null;
      continue;
    }
    const known = policies.indexOf(policy);
    policyOf[account] = known === -1 ? policies.push(policy) - 1 : known;
  }
  return { policies, policyOf };
}
