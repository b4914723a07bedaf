import type { AccountId, RegionName } from "../../../core/identifiers.ts";
import { isJsonObject } from "../../../core/json.ts";
import type { World } from "../../../sandbox/world.ts";
import type { Template } from "../../kit/template/parse-template.ts";
import { isInForce, possibleOwners, setupPrincipal } from "./organization-access.ts";
import {
  type OrganizationPackRecord,
  type OrganizationRuleRecord,
  organizationConfig,
  recorderOf,
} from "./state.ts";
import { isUnderWay } from "./statuses.ts";

/** A rule as it is in an account and Region. */
export interface MemberRule {
  readonly name: string;
  /** Of a managed rule. */
  readonly identifier?: string;
  readonly parameters: Readonly<Record<string, string>>;
  readonly createdBy: string;
}

/**
 * The rules that an account has in a Region by its organization's rules and conformance packs.
 * They follow the membership by themselves, for they are made of nothing else.
 */
export function memberRules(
  world: World,
  account: AccountId,
  region: RegionName,
): readonly MemberRule[] {
  if (recorderOf(world, account, region) === undefined) return [];
  return possibleOwners(world, account, setupPrincipal)
    .filter((owner) => isInForce(world, owner, setupPrincipal))
    .flatMap((owner) => [
      ...rulesOf(world, owner, account, region),
      ...packRules(world, owner, account, region),
    ]);
}

function rulesOf(
  world: World,
  owner: AccountId,
  account: AccountId,
  region: RegionName,
): readonly MemberRule[] {
  const { rules } = organizationConfig(world, owner, region);
  return [...rules.values()].flatMap((record) => {
    if (record.deletedAt !== undefined || isUnderWay(world, record)) return [];
    if (record.rule.ExcludedAccounts?.includes(account) === true) return [];
    return ruleMemberRules(record);
  });
}

/** The rule that an organization's rule is in each account. */
export function ruleMemberRules({ rule, memberName }: OrganizationRuleRecord): MemberRule[] {
  const managed = rule.OrganizationManagedRuleMetadata;
  const policy = rule.OrganizationCustomPolicyRuleMetadata;
  const identifier = managed?.RuleIdentifier;
  return [
    {
      name: memberName,
      ...(identifier === undefined ? {} : { identifier }),
      parameters: parametersOf((managed ?? policy)?.InputParameters),
      createdBy: setupPrincipal,
    },
  ];
}

function packRules(
  world: World,
  owner: AccountId,
  account: AccountId,
  region: RegionName,
): readonly MemberRule[] {
  const { packs } = organizationConfig(world, owner, region);
  return [...packs.values()].flatMap((record) => {
    if (record.deletedAt !== undefined || isUnderWay(world, record)) return [];
    if (record.pack.ExcludedAccounts?.includes(account) === true) return [];
    return packMemberRules(record);
  });
}

/** The rules that a conformance pack is in each account. */
export function packMemberRules({ rules }: OrganizationPackRecord): MemberRule[] {
  return rules.map((rule) => ({ ...rule, createdBy: "config-conforms.amazonaws.com" }));
}

/** The rules of a conformance pack's template, as they are named in an account. */
export function packTemplateRules(
  template: Template,
  suffix: string,
): readonly Omit<MemberRule, "createdBy">[] {
  return Object.entries(template.resources).flatMap(([logicalId, { type, properties }]) => {
    if (type !== "AWS::Config::ConfigRule") return [];
    const { ConfigRuleName, Source, InputParameters } = properties;
    const name = typeof ConfigRuleName === "string" ? ConfigRuleName : logicalId;
    const identifier = isJsonObject(Source) ? Source.SourceIdentifier : undefined;
    return [
      {
        name: `${name}-conformance-pack-${suffix}`,
        ...(typeof identifier === "string" ? { identifier } : {}),
        parameters: isJsonObject(InputParameters) ? texts(InputParameters) : {},
      },
    ];
  });
}

function parametersOf(text: string | undefined): Readonly<Record<string, string>> {
  if (text === undefined || text === "") return {};
  try {
    const value: unknown = JSON.parse(text);
    return isJsonObject(value) ? texts(value) : {};
  } catch {
    return {};
  }
}

function texts(value: object): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, String(inner)]));
}
