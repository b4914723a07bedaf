import type { AuditException, DesiredAudit } from "../../core/desired.ts";
import { compileGlob, globMatches } from "../../policy/glob.ts";
import { configCodes } from "../codes.ts";
import { quoted } from "../report.ts";
import type { AuditBlockInput, Partly } from "../schema/config-input.ts";
import { didYouMean } from "../suggest.ts";
import { type Context, isReadable, items, keyAt, spanAt } from "./context.ts";

/** Reads what the audit has to know. `rules` are the ids of all rules; unknown ones are reported. */
export function resolveAudit(
  context: Context,
  input: Partly<AuditBlockInput> | undefined,
  rules: readonly string[] | undefined,
): DesiredAudit | undefined {
  if (input === undefined) return undefined;
  const allowed = Object.entries(input.delegatedAdministrators ?? {}).map(([service, list]) => {
    const at = `/audit/delegatedAdministrators/${service.replaceAll("~", "~0").replaceAll("/", "~1")}`;
    const accounts = [...items(list, at)];
    for (const [account, place] of accounts) checkAccount(context, account, place);
    return [service, accounts.map(([account]) => account)] as const;
  });
  const roles = input.breakGlassRoles?.filter((role) => role !== undefined);
  return {
    exceptions: exceptions(context, input, rules),
    ...(input.delegatedAdministrators === undefined
      ? {}
      : { delegatedAdministrators: Object.fromEntries(allowed) }),
    ...(roles === undefined ? {} : { breakGlassRoles: roles }),
  };
}

function exceptions(
  context: Context,
  input: Partly<AuditBlockInput>,
  rules: readonly string[] | undefined,
): readonly AuditException[] {
  const found: AuditException[] = [];
  for (const [entry, at] of items(input.exceptions, "/audit/exceptions")) {
    const { rule, account, region, resource, owner, reason, expires } = entry;
    if (rule === undefined || owner === undefined) continue;
    if (reason === undefined || expires === undefined) continue;
    const pattern = compileGlob(rule);
    if (rules !== undefined && !rules.some((id) => globMatches(pattern, id))) {
      context.report.error(
        configCodes.unknownAuditRule,
        `there is no rule ${quoted(rule)}`,
        spanAt(context, `${at}/rule`),
        didYouMean(rule, rules, "the rules are") ?? "docs/audit/rules.md lists the rules",
      );
    }
    if (account !== undefined) checkAccount(context, account, `${at}/account`);
    if (!isDay(expires)) {
      context.report.error(
        configCodes.pattern,
        `there is no day ${quoted(expires)}`,
        spanAt(context, `${at}/expires`),
        "write it as year-month-day, such as `2026-12-31`",
      );
    }
    found.push({
      rule,
      ...(account === undefined ? {} : { account }),
      ...(region === undefined ? {} : { region }),
      ...(resource === undefined ? {} : { resource }),
      owner,
      reason,
      expires,
      span: keyAt(context, at),
    });
  }
  return found;
}

/** An account is an id, or a name that the file has when it lists accounts. */
function checkAccount(context: Context, account: string, at: string): void {
  const { accounts } = context.config;
  if (/^\d{12}$/.test(account) || accounts === undefined || !isReadable(context, "accounts"))
    return;
  const names = accounts.flatMap((one) => one?.name ?? []);
  if (names.includes(account)) return;
  context.report.error(
    configCodes.unknownAccount,
    `there is no account ${quoted(account)}`,
    spanAt(context, at),
    didYouMean(account, names, "the accounts are") ?? "write the id of an account that is not here",
  );
}

function isDay(text: string): boolean {
  const time = Date.parse(`${text}T00:00:00Z`);
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(text);
}
