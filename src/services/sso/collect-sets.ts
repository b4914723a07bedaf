import type { JsonObject } from "../../core/json.ts";
import { absentAsNull, MaxResults, type Reading } from "./reading.ts";
import type { IdentityCenterState, PermissionSetState } from "./state.ts";
import type { WantedSet } from "./wanted.ts";

/** Reads the permission sets: names of all, and everything of those that the file names. */
export async function collectSets(
  reading: Reading,
  wanted: readonly WantedSet[],
): Promise<Pick<IdentityCenterState, "permissionSets" | "inManagementAccount">> {
  const { context, instanceArn: InstanceArn, how } = reading;
  const arns = await context.attempt("permissionSets", async () => {
    const list: string[] = [];
    const input = { InstanceArn, MaxResults };
    for await (const page of context.aws.pages("sso", "ListPermissionSets", input, how)) {
      list.push(...(page.PermissionSets ?? []));
    }
    return list;
  });
  if (arns === undefined) return {};
  const inManagementAccount = await context.attempt("permissionSetsOfManagement", async () => {
    const list: string[] = [];
    const input = { InstanceArn, AccountId: how.account, MaxResults };
    const operation = "ListPermissionSetsProvisionedToAccount";
    for await (const page of context.aws.pages("sso", operation, input, how)) {
      list.push(...(page.PermissionSets ?? []));
    }
    return list;
  });
  const names = new Set(wanted.map(({ name }) => name));
  const read = await context.each(arns, (arn) => readSet(reading, arn, names));
  const known = read.filter((set) => set !== undefined);
  return {
    // One whose name is not known may be any of the file's.
    ...(known.length === arns.length ? { permissionSets: known } : {}),
    ...(inManagementAccount === undefined ? {} : { inManagementAccount }),
  };
}

async function readSet(
  reading: Reading,
  arn: string,
  names: ReadonlySet<string>,
): Promise<PermissionSetState | undefined> {
  const { context, instanceArn: InstanceArn, how } = reading;
  const input = { InstanceArn, PermissionSetArn: arn };
  const set = await context.attempt(`permissionSets/${arn}`, async () => {
    const answer = await context.aws.call("sso", "DescribePermissionSet", input, how);
    return answer.PermissionSet;
  });
  if (set?.Name === undefined) return undefined;
  const { Name: name, Description, SessionDuration, RelayState } = set;
  const described: PermissionSetState = {
    arn,
    name,
    ...(Description === undefined ? {} : { description: Description }),
    ...(SessionDuration === undefined ? {} : { sessionDuration: SessionDuration }),
    ...(RelayState === undefined ? {} : { relayState: RelayState }),
  };
  return names.has(name)
    ? { ...described, ...(await readContents(reading, arn, name)) }
    : described;
}

async function readContents(
  { context, instanceArn: InstanceArn, how }: Reading,
  arn: string,
  name: string,
): Promise<Omit<PermissionSetState, "arn" | "name">> {
  const { aws } = context;
  const input = { InstanceArn, PermissionSetArn: arn };
  const attempt = <T>(what: string, read: () => Promise<T>): Promise<T | undefined> =>
    context.attempt(`permissionSets/${name}/${what}`, read);
  const isAny = async (
    ProvisioningStatus?: "LATEST_PERMISSION_SET_NOT_PROVISIONED",
  ): Promise<boolean> => {
    const asked = ProvisioningStatus === undefined ? {} : { ProvisioningStatus };
    const first = { ...input, ...asked, MaxResults: 1 };
    const answer = await aws.call("sso", "ListAccountsForProvisionedPermissionSet", first, how);
    return (answer.AccountIds ?? []).length > 0;
  };
  const [managed, customer, inline, boundary, tags, isProvisioned, isOutdated] = await Promise.all([
    attempt("managedPolicies", async () => {
      const list: string[] = [];
      const operation = "ListManagedPoliciesInPermissionSet";
      for await (const page of aws.pages("sso", operation, { ...input, MaxResults }, how)) {
        list.push(...(page.AttachedManagedPolicies ?? []).map(({ Arn = "" }) => Arn));
      }
      return list;
    }),
    attempt("customerManagedPolicies", async () => {
      const list: { name: string; path: string }[] = [];
      const operation = "ListCustomerManagedPolicyReferencesInPermissionSet";
      for await (const page of aws.pages("sso", operation, { ...input, MaxResults }, how)) {
        for (const { Name = "", Path = "/" } of page.CustomerManagedPolicyReferences ?? []) {
          list.push({ name: Name, path: Path });
        }
      }
      return list;
    }),
    attempt("inlinePolicy", async () => {
      const answer = await aws.call("sso", "GetInlinePolicyForPermissionSet", input, how);
      return answer.InlinePolicy ?? "";
    }),
    attempt("permissionsBoundary", () =>
      absentAsNull(async () => {
        const operation = "GetPermissionsBoundaryForPermissionSet";
        const answer = await aws.call("sso", operation, input, how);
        return boundaryFacet(answer.PermissionsBoundary);
      }),
    ),
    attempt("tags", async () => {
      const list: [string, string][] = [];
      const resource = { InstanceArn, ResourceArn: arn };
      for await (const page of aws.pages("sso", "ListTagsForResource", resource, how)) {
        for (const { Key = "", Value = "" } of page.Tags ?? []) list.push([Key, Value]);
      }
      return Object.fromEntries(list);
    }),
    attempt("accounts", () => isAny()),
    attempt("outdatedAccounts", () => isAny("LATEST_PERMISSION_SET_NOT_PROVISIONED")),
  ]);
  return {
    ...(managed === undefined ? {} : { managedPolicies: managed }),
    ...(customer === undefined ? {} : { customerPolicies: customer }),
    ...(inline === undefined ? {} : { inlinePolicy: inline }),
    ...(boundary === undefined ? {} : { boundary }),
    ...(tags === undefined ? {} : { tags }),
    ...(isProvisioned === undefined ? {} : { isProvisioned }),
    ...(isOutdated === undefined ? {} : { isOutdated }),
  };
}

/** A permissions boundary as the facet has it. */
export function boundaryFacet(
  boundary:
    | {
        readonly ManagedPolicyArn?: string | undefined;
        readonly CustomerManagedPolicyReference?:
          | { readonly Name: string | undefined; readonly Path?: string | undefined }
          | undefined;
      }
    | undefined,
): JsonObject | undefined {
  if (boundary?.ManagedPolicyArn !== undefined) {
    return { ManagedPolicyArn: boundary.ManagedPolicyArn };
  }
  const reference = boundary?.CustomerManagedPolicyReference;
  if (reference === undefined) return undefined;
  const { Name = "", Path = "/" } = reference;
  return { CustomerManagedPolicyReference: { Name, Path } };
}
