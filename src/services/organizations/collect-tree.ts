import type { Account, OrganizationalUnit } from "@aws-sdk/client-organizations";
import { identifierPatterns } from "../../core/identifiers.ts";
import type {
  AccountState,
  OrganizationAccountState,
  OrganizationalUnitState,
} from "../../core/snapshot.ts";
import { accountStates } from "../../core/snapshot.ts";
import { organizationsQuotas } from "../../data/organizations-quotas.ts";
import { type Collecting, signalOf } from "./collect-context.ts";

const page = { MaxResults: organizationsQuotas.pageSize };

/**
 * Reads all organizational units below a root: the children of every parent, which no single call
 * lists. A parent whose children cannot be read is a gap `organizationalUnits/ID/children`.
 */
export async function collectUnits(
  collecting: Collecting,
  rootId: string,
): Promise<readonly OrganizationalUnitState[]> {
  const { aws, pool } = collecting;
  const units = new Map<string, OrganizationalUnitState>();
  const visit = async (parentId: string): Promise<void> => {
    const children: OrganizationalUnit[] = [];
    await collecting.read(`organizationalUnits/${parentId}/children`, () =>
      pool("ListOrganizationalUnitsForParent", async () => {
        const pages = aws.pages(
          "organizations",
          "ListOrganizationalUnitsForParent",
          { ParentId: parentId, ...page },
          signalOf(collecting),
        );
        for await (const { OrganizationalUnits = [] } of pages) {
          children.push(...OrganizationalUnits);
        }
      }),
    );
    const found: string[] = [];
    for (const { Id: id = "", Arn: arn = "", Name: name = "" } of children) {
      // A unit that is moved by nobody cannot be met twice; an endpoint that errs must not trap us.
      if (id === "" || units.has(id)) continue;
      units.set(id, { id, arn, name, parentId });
      found.push(id);
    }
    collecting.progress("organizationalUnits", units.size);
    await Promise.all(found.map(visit));
  };
  await visit(rootId);
  return [...units.values()].sort(byId);
}

/**
 * Reads all accounts with their parents. ListAccounts gives both at once where the endpoint tells
 * each account's `Paths`; where it does not, the accounts of every parent are listed instead.
 */
export async function collectAccounts(
  collecting: Collecting,
  rootId: string,
  units: Promise<readonly OrganizationalUnitState[]>,
): Promise<readonly OrganizationAccountState[]> {
  const accounts = new Map<string, OrganizationAccountState>();
  const add = (account: Account, parentId: string): void => {
    const state = accountOf(account, parentId);
    accounts.set(state.id, state);
    collecting.aws.accountNames.set(state.id, state.name);
    collecting.progress("accounts", accounts.size);
  };
  const withoutPath = await collecting.read("accounts", () => listAccounts(collecting, add));
  if (withoutPath === "all") {
    const parents = [rootId, ...(await units).map(({ id }) => id)];
    await Promise.all(parents.map((parent) => listAccountsOf(collecting, parent, add)));
  } else if (withoutPath !== undefined) {
    await Promise.all(withoutPath.map((account) => findParent(collecting, account, add)));
  }
  return [...accounts.values()].sort(byId);
}

type Add = (account: Account, parentId: string) => void;

/** Lists all accounts; gives those without a path, or `all` when the first page shows none has. */
async function listAccounts(collecting: Collecting, add: Add): Promise<readonly Account[] | "all"> {
  const { aws, pool } = collecting;
  const rest: Account[] = [];
  return pool("ListAccounts", async () => {
    let seen = 0;
    const pages = aws.pages("organizations", "ListAccounts", page, signalOf(collecting));
    for await (const { Accounts = [] } of pages) {
      for (const account of Accounts) {
        const parentId = parentOfPath(account.Paths?.[0]);
        if (parentId === undefined) rest.push(account);
        else add(account, parentId);
      }
      seen += Accounts.length;
      if (seen > 0 && rest.length === seen) return "all";
    }
    return rest;
  });
}

async function listAccountsOf(collecting: Collecting, parentId: string, add: Add): Promise<void> {
  const { aws, pool } = collecting;
  await collecting.read(`organizationalUnits/${parentId}/accounts`, () =>
    pool("ListAccountsForParent", async () => {
      const pages = aws.pages(
        "organizations",
        "ListAccountsForParent",
        { ParentId: parentId, ...page },
        signalOf(collecting),
      );
      for await (const { Accounts = [] } of pages) {
        for (const account of Accounts) add(account, parentId);
      }
    }),
  );
}

async function findParent(collecting: Collecting, account: Account, add: Add): Promise<void> {
  const { aws, pool } = collecting;
  const id = account.Id ?? "";
  await collecting.read(`accounts/${id}/parentId`, () =>
    pool("ListParents", async () => {
      const { Parents } = await aws.call(
        "organizations",
        "ListParents",
        { ChildId: id },
        { ...signalOf(collecting), about: id },
      );
      const parentId = Parents?.[0]?.Id;
      if (parentId !== undefined) add(account, parentId);
    }),
  );
}

/** The last root or organizational unit of `o-x/r-x/ou-x-1/ou-x-2/111122223333/`. */
function parentOfPath(path: string | undefined): string | undefined {
  return path
    ?.split("/")
    .filter(
      (part) =>
        identifierPatterns.root.test(part) || identifierPatterns.organizationalUnit.test(part),
    )
    .at(-1);
}

/** An account as the API gives it, `State` taken before the older `Status`. */
export function accountOf(account: Account, parentId: string): OrganizationAccountState {
  return {
    id: account.Id ?? "",
    arn: account.Arn ?? "",
    name: account.Name ?? "",
    email: account.Email ?? "",
    state: accountStateOf(account),
    joinedMethod: account.JoinedMethod ?? "INVITED",
    joinedAt: account.JoinedTimestamp?.toISOString() ?? "",
    parentId,
  };
}

/**
 * The life-cycle state of an account, in either shape that AWS's API has had. A state that this
 * version does not know counts as not active yet: nothing is asked of such an account.
 */
export function accountStateOf(account: Pick<Account, "State" | "Status">): AccountState {
  const state: string = account.State ?? account.Status ?? "";
  return (accountStates as readonly string[]).includes(state)
    ? (state as AccountState)
    : "PENDING_ACTIVATION";
}

function byId(a: { readonly id: string }, b: { readonly id: string }): number {
  return a.id < b.id ? -1 : 1;
}
