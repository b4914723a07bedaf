import type { Desired, DesiredDelegatedAdministrator } from "../../core/desired.ts";
import { unknownOrganizationId } from "../../core/identifiers.ts";
import { organizationsQuotas } from "../../data/organizations-quotas.ts";
import { configCodes } from "../codes.ts";
import { quoted } from "../report.ts";
import type { ResolvedAccounts } from "./accounts.ts";
import { reportUnknownAccount } from "./attachments.ts";
import {
  type Context,
  checkedTags,
  contradiction,
  items,
  keyAt,
  spanAt,
  uniqueness,
} from "./context.ts";
import { hasOneDocument, readDocument } from "./documents.ts";

const base = "/organization";

/** Reads who the organization is and which Regions it works in. */
export function resolveIdentity(context: Context): Desired["organization"] {
  const input = context.config.organization;
  const regions = uniqueness(context, configCodes.duplicateItem);
  const governedRegions: string[] = [];
  for (const [region, at] of items(input?.governedRegions, `${base}/governedRegions`)) {
    const span = spanAt(context, at);
    if (regions.check(region, span, `${quoted(region)} stands twice`, "remove it")) {
      governedRegions.push(region);
    }
  }
  const home = input?.homeRegion;
  if (home !== undefined && input?.governedRegions === undefined) governedRegions.push(home);
  else if (home !== undefined && !governedRegions.includes(home)) {
    context.report.error(
      configCodes.regions,
      `the home Region ${quoted(home)} is not among the governed Regions`,
      spanAt(context, `${base}/homeRegion`),
      "add it to `governedRegions`",
    );
  }
  if (input?.id === unknownOrganizationId) {
    context.report.warning(
      configCodes.unknownOrganization,
      `the id of the organization is not filled in: ${quoted(input.id)} stands in for it`,
      spanAt(context, `${base}/id`),
      "set the value `organizationId`; until then no plan is made",
    );
  }
  return {
    ...(input?.id === undefined ? {} : { id: input.id }),
    ...(input?.managementAccountId === undefined
      ? {}
      : { managementAccountId: input.managementAccountId }),
    ...(home === undefined ? {} : { homeRegion: home }),
    governedRegions,
    ...(input?.memberRoles === undefined ? {} : { memberRoles: rolesOf(input.memberRoles) }),
    span: keyAt(context, base),
  };
}

function rolesOf({
  read,
  write,
}: {
  readonly read?: string | undefined;
  readonly write?: string | undefined;
}): NonNullable<Desired["organization"]["memberRoles"]> {
  return {
    ...(read === undefined ? {} : { read }),
    ...(write === undefined ? {} : { write }),
  };
}

/** Reads which policy types are enabled. */
export function resolvePolicyTypes(context: Context): Desired["policyTypes"] {
  const list = context.config.organization?.policyTypes;
  const found: Desired["policyTypes"][number][] = [];
  const seen = uniqueness(context, configCodes.duplicateItem);
  for (const [item, at] of items(list, `${base}/policyTypes`)) {
    const type = typeof item === "string" ? item : item.type;
    const enabled = typeof item === "string" ? true : item.enabled;
    if (type === undefined || enabled === undefined) continue;
    const span = spanAt(context, at);
    if (seen.check(type, span, `${quoted(type)} stands twice`, "keep one of them")) {
      found.push({ type, enabled, span });
    }
  }
  return found;
}

/** Reads which services have trusted access. */
export function resolveTrustedAccess(context: Context): Desired["trustedAccess"] {
  const list = context.config.organization?.trustedAccess;
  const found: Desired["trustedAccess"][number][] = [];
  const seen = uniqueness(context, configCodes.duplicateItem);
  for (const [item, at] of items(list, `${base}/trustedAccess`)) {
    const servicePrincipal = typeof item === "string" ? item : item.servicePrincipal;
    const enabled = typeof item === "string" ? true : item.enabled;
    if (servicePrincipal === undefined || enabled === undefined) continue;
    const span = spanAt(context, at);
    const summary = `${quoted(servicePrincipal)} stands twice`;
    if (seen.check(servicePrincipal, span, summary, "keep one of them")) {
      found.push({ servicePrincipal, enabled, span });
    }
  }
  return found;
}

/** Reads which accounts administer services. */
export function resolveDelegatedAdministrators(
  context: Context,
  accounts: ResolvedAccounts,
  trustedAccess: Desired["trustedAccess"],
): readonly DesiredDelegatedAdministrator[] {
  const found = new Map<string, DesiredDelegatedAdministrator>();
  const closed = new Set(
    trustedAccess.filter(({ enabled }) => !enabled).map((one) => one.servicePrincipal),
  );
  const list = context.config.organization?.delegatedAdministrators;
  for (const [entry, at] of items(list, `${base}/delegatedAdministrators`)) {
    const { account } = entry;
    if (account === undefined) continue;
    const span = spanAt(context, `${at}/account`);
    const resolved = accounts.get(account);
    if (resolved === undefined) {
      reportUnknownAccount(context, accounts, account, span, "");
      continue;
    }
    if (resolved.isManagementAccount) {
      context.report.error(
        configCodes.managementAccount,
        "the management account cannot be a delegated administrator",
        span,
        "name a member account",
      );
    }
    for (const word of ["services", "remove"] as const) {
      const present = word === "services";
      for (const [servicePrincipal, itemAt] of items(entry[word], `${at}/${word}`)) {
        const place = spanAt(context, itemAt);
        if (present && closed.has(servicePrincipal)) {
          contradiction(
            context,
            `${quoted(servicePrincipal)} gets an administrator but loses trusted access`,
            place,
            "keep trusted access, or name the service under `remove`",
          );
        }
        if (present && resolved.close) {
          contradiction(
            context,
            `the account ${quoted(account)} is closed and cannot administer a service`,
            place,
            "name another account",
          );
        }
        addAdministrator(context, found, {
          servicePrincipal,
          account,
          present,
          span: place,
        });
      }
    }
  }
  return [...found.values()];
}

function addAdministrator(
  context: Context,
  found: Map<string, DesiredDelegatedAdministrator>,
  next: DesiredDelegatedAdministrator,
): void {
  const key = `${next.servicePrincipal} ${next.account}`;
  const earlier = found.get(key);
  if (earlier === undefined) {
    found.set(key, next);
    return;
  }
  const line = earlier.span.start.line;
  const { account, servicePrincipal } = next;
  if (earlier.present === next.present) {
    context.report.warning(
      configCodes.duplicateItem,
      `${quoted(account)} and ${quoted(servicePrincipal)} stand together twice`,
      next.span,
      `remove it; it is already there in line ${line}`,
    );
    return;
  }
  contradiction(
    context,
    `${quoted(account)} both is and is not administrator of ${quoted(servicePrincipal)}`,
    next.span,
    `line ${line} says the other; keep one of them`,
  );
}

/** Reads the organization's resource policy; `null` when it shall be deleted. */
export function resolveResourcePolicy(context: Context): Desired["resourcePolicy"] {
  const input = context.config.organization?.resourcePolicy;
  const at = `${base}/resourcePolicy`;
  if (input === undefined) return undefined;
  const given = (["content", "file"] as const).filter((one) => context.places.has(`${at}/${one}`));
  if (input.remove === true) {
    for (const word of [...given, "tags"] as const) {
      if (!context.places.has(`${at}/${word}`)) continue;
      contradiction(
        context,
        "the resource policy is removed and given",
        keyAt(context, `${at}/${word}`),
        `remove \`${word}\` or \`remove\``,
      );
    }
    return null;
  }
  const name = "the resource policy";
  if (!hasOneDocument(context, given, at, name, "`file` or `content`")) return undefined;
  const document = readDocument(context, input, at, {
    characters: organizationsQuotas.resourcePolicyCharacters,
    what: name,
  });
  const tags = checkedTags(context, input.tags, `${at}/tags`);
  if (document === undefined) return undefined;
  return { ...document, ...(tags === undefined ? {} : { tags }) };
}

/** Reports attachments of a type that the file disables. */
export function checkDisabledTypes(
  context: Context,
  policyTypes: Desired["policyTypes"],
  attachments: Desired["attachments"],
): void {
  const disabled = new Map(
    policyTypes.filter(({ enabled }) => !enabled).map((one) => [one.type, one.span]),
  );
  for (const { policy, present, span } of attachments) {
    const off = disabled.get(policy.type);
    if (off === undefined || !present) continue;
    contradiction(
      context,
      `${quoted(policy.name)} is attached, but its type ${policy.type} is disabled`,
      span,
      `line ${off.start.line} disables the type; keep one of the two`,
    );
  }
}
