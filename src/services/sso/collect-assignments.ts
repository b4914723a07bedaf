import type { AccountId } from "../../core/identifiers.ts";
import { absentAsNull, MaxResults, type Reading } from "./reading.ts";
import type { AssignmentState, IdentityCenterState } from "./state.ts";

/**
 * Reads assignments: of the file's principals by principal, of the sets that the file owns by
 * account, with the names of whoever has them.
 */
export async function collectAssignments(
  reading: Reading,
  sets: readonly string[],
  principals: IdentityCenterState["principals"],
): Promise<Pick<IdentityCenterState, "ofPrincipals" | "ofSets" | "withoutAssignments" | "names">> {
  const { context } = reading;
  const known = Object.entries(principals).flatMap(([principal, id]) =>
    id === null ? [] : [[`${principal.split(" ")[0] ?? ""} ${id}`, principal] as const],
  );
  const [ofPrincipals, ofSets] = await Promise.all([
    context.each(known, async ([principal]) => {
      const found = await readPrincipal(reading, principal);
      return found === undefined ? [] : [[principal, found] as const];
    }),
    context.each(sets, async (arn) => {
      const found = await readSet(reading, arn);
      return found === undefined ? [] : [[arn, found] as const];
    }),
  ]);
  const names = new Map<string, string>(
    known.map(([key, principal]) => [key, principal.slice(principal.indexOf(" ") + 1)]),
  );
  const others = ofSets
    .flat()
    .flatMap(([, { assignments }]) => assignments)
    .map(({ principal }) => principal)
    .filter((principal) => !names.has(principal));
  const told = await context.each([...new Set<string>(others)], async (principal) => {
    const name = await readName(reading, principal);
    return typeof name === "string" ? [[principal, name] as const] : [];
  });
  const left = ofSets
    .flat()
    .flatMap(([arn, { unassigned }]) =>
      unassigned.length === 0 ? [] : [[arn, unassigned] as const],
    );
  return {
    ofPrincipals: Object.fromEntries(ofPrincipals.flat()),
    ofSets: Object.fromEntries(ofSets.flat().map(([arn, { assignments }]) => [arn, assignments])),
    ...(left.length === 0 ? {} : { withoutAssignments: Object.fromEntries(left) }),
    names: Object.fromEntries([...names, ...told.flat()]),
  };
}

/** All assignments of a principal of its own; those that a user has by a group are the group's. */
async function readPrincipal(
  { context, instanceArn: InstanceArn, how }: Reading,
  principal: string,
): Promise<AssignmentState[] | undefined> {
  const [type, PrincipalId = ""] = principal.split(" ");
  const PrincipalType = type === "USER" ? "USER" : "GROUP";
  const input = { InstanceArn, PrincipalId, PrincipalType, MaxResults } as const;
  return context.attempt(`assignments/${principal}`, async () => {
    const list: AssignmentState[] = [];
    const operation = "ListAccountAssignmentsForPrincipal";
    for await (const page of context.aws.pages("sso", operation, input, how)) {
      for (const one of page.AccountAssignments ?? []) {
        if (one.PrincipalId !== PrincipalId) continue;
        list.push({
          account: one.AccountId ?? "",
          permissionSetArn: one.PermissionSetArn ?? "",
          principal,
        });
      }
    }
    return list;
  });
}

/** What was read of a permission set, account by account. */
interface SetAssignments {
  readonly assignments: readonly AssignmentState[];
  /** Accounts that have the set, and nobody is assigned to it there. */
  readonly unassigned: readonly AccountId[];
}

/** All assignments of a permission set; `undefined` when not all could be read. */
async function readSet(
  { context, instanceArn: InstanceArn, how }: Reading,
  arn: string,
): Promise<SetAssignments | undefined> {
  const { aws } = context;
  const set = { InstanceArn, PermissionSetArn: arn, MaxResults };
  const accounts = await context.attempt(`permissionSets/${arn}/allAccounts`, async () => {
    const list: string[] = [];
    const operation = "ListAccountsForProvisionedPermissionSet";
    for await (const page of aws.pages("sso", operation, set, how)) {
      list.push(...(page.AccountIds ?? []));
    }
    return list;
  });
  if (accounts === undefined) return undefined;
  const read = await context.each(accounts, (AccountId) =>
    context.attempt(`permissionSets/${arn}/assignments/${AccountId}`, async () => {
      const list: AssignmentState[] = [];
      const input = { ...set, AccountId };
      for await (const page of aws.pages("sso", "ListAccountAssignments", input, how)) {
        for (const { PrincipalType = "GROUP", PrincipalId = "" } of page.AccountAssignments ?? []) {
          const principal = `${PrincipalType} ${PrincipalId}`;
          list.push({ account: AccountId, permissionSetArn: arn, principal });
        }
      }
      return list;
    }),
  );
  const complete = read.filter((list) => list !== undefined);
  if (complete.length < read.length) return undefined;
  return {
    assignments: complete.flat(),
    unassigned: accounts.filter((_, index) => read[index]?.length === 0),
  };
}

async function readName(
  { context, identityStoreId: IdentityStoreId, how }: Reading,
  principal: string,
): Promise<string | null | undefined> {
  const [type, id = ""] = principal.split(" ");
  return context.attempt(`names/${principal}`, () =>
    absentAsNull(async () => {
      if (type === "USER") {
        const input = { IdentityStoreId, UserId: id };
        return (await context.aws.call("identitystore", "DescribeUser", input, how)).UserName;
      }
      const input = { IdentityStoreId, GroupId: id };
      return (await context.aws.call("identitystore", "DescribeGroup", input, how)).DisplayName;
    }),
  );
}
