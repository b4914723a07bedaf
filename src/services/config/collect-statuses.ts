import type { Aws, CallOptions } from "../../aws/aws.ts";
import type { AccountId } from "../../core/identifiers.ts";
import type { CollectContext } from "../security-service.ts";
import type { ConfigBlock } from "./schema.ts";
import type { OrganizationConfigState, PartStatus } from "./state.ts";

type Context = CollectContext<ConfigBlock>;
type Place = CallOptions & { readonly account: AccountId; readonly region: string };

/** How it stands with one rule or pack, over all accounts. */
interface Overall {
  /** `rule:NAME` or `conformancePack:NAME`. */
  readonly key: string;
  readonly name: string;
  readonly status: string;
  readonly message?: string;
}

/**
 * Reads of the rules and packs of a Region what is under way and what failed, and for what failed in which
 * accounts and why: two calls a Region, and one more for each that failed.
 */
export async function collectStatuses(
  context: Context,
  how: Place,
  has: { readonly rules: boolean; readonly packs: boolean },
): Promise<Pick<OrganizationConfigState, "failures" | "failedAccounts" | "underWay">> {
  const { region } = how;
  const [rules = [], packs = []] = await Promise.all([
    has.rules
      ? context.attempt(`${region}/ruleStatuses`, () => readRuleStatuses(context.aws, how))
      : [],
    has.packs
      ? context.attempt(`${region}/packStatuses`, () => readPackStatuses(context.aws, how))
      : [],
  ]);
  const all = [...rules, ...packs];
  const failed = all.filter(({ status }) => status.endsWith("_FAILED"));
  const underWay = all.filter(({ status }) => status.endsWith("_IN_PROGRESS"));
  const parts = await context.each(failed, async (one) => {
    const read = one.key.startsWith("rule:") ? readFailedRule : readFailedPack;
    const found = await context.attempt(`${region}/statuses/${one.key}`, () =>
      read(context.aws, how, one),
    );
    return found === undefined || found.length === 0 ? [] : [[one.key, found] as const];
  });
  const failedAccounts = Object.fromEntries(parts.flat());
  return {
    ...(failed.length === 0
      ? {}
      : {
          failures: Object.fromEntries(
            failed.map(({ key, status, message }) => [key, message ?? status]),
          ),
        }),
    ...(Object.keys(failedAccounts).length === 0 ? {} : { failedAccounts }),
    ...(underWay.length === 0
      ? {}
      : { underWay: Object.fromEntries(underWay.map(({ key, status }) => [key, status])) }),
  };
}

async function readRuleStatuses(aws: Aws, how: CallOptions): Promise<readonly Overall[]> {
  const list: Overall[] = [];
  const pages = aws.pages("config", "DescribeOrganizationConfigRuleStatuses", {}, how);
  for await (const page of pages) {
    for (const one of page.OrganizationConfigRuleStatuses ?? []) {
      const { OrganizationConfigRuleName: name = "", OrganizationRuleStatus: status } = one;
      list.push(overall(`rule:${name}`, name, status, one.ErrorMessage));
    }
  }
  return list;
}

async function readPackStatuses(aws: Aws, how: CallOptions): Promise<readonly Overall[]> {
  const list: Overall[] = [];
  const pages = aws.pages("config", "DescribeOrganizationConformancePackStatuses", {}, how);
  for await (const page of pages) {
    for (const one of page.OrganizationConformancePackStatuses ?? []) {
      const { OrganizationConformancePackName: name = "", Status: status } = one;
      list.push(overall(`conformancePack:${name}`, name, status, one.ErrorMessage));
    }
  }
  return list;
}

function overall(key: string, name: string, status = "", message?: string): Overall {
  return { key, name, status, ...(message === undefined ? {} : { message }) };
}

async function readFailedRule(
  aws: Aws,
  how: CallOptions,
  { name, status }: Overall,
): Promise<readonly PartStatus[]> {
  const list: PartStatus[] = [];
  const input = {
    OrganizationConfigRuleName: name,
    Filters: { MemberAccountRuleStatus: status as "CREATE_FAILED" },
  };
  const pages = aws.pages("config", "GetOrganizationConfigRuleDetailedStatus", input, how);
  for await (const page of pages) {
    for (const one of page.OrganizationConfigRuleDetailedStatus ?? []) {
      const { AccountId: account, ErrorCode, ErrorMessage } = one;
      list.push(part(account, one.MemberAccountRuleStatus ?? status, ErrorCode, ErrorMessage));
    }
  }
  return list;
}

async function readFailedPack(
  aws: Aws,
  how: CallOptions,
  { name, status }: Overall,
): Promise<readonly PartStatus[]> {
  const list: PartStatus[] = [];
  const input = {
    OrganizationConformancePackName: name,
    Filters: { Status: status as "CREATE_FAILED" },
  };
  const pages = aws.pages("config", "GetOrganizationConformancePackDetailedStatus", input, how);
  for await (const page of pages) {
    for (const one of page.OrganizationConformancePackDetailedStatuses ?? []) {
      const { AccountId: account, ErrorCode, ErrorMessage } = one;
      list.push(part(account, one.Status ?? status, ErrorCode, ErrorMessage));
    }
  }
  return list;
}

function part(account = "", status: string, code?: string, message?: string): PartStatus {
  const reason = [code, message].filter((text) => text !== undefined).join(": ");
  return { account, status, ...(reason === "" ? {} : { reason }) };
}
