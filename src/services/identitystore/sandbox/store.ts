import { identityCenterFacts } from "../../../data/identity-center.ts";
import type { HandlerContext } from "../../../sandbox/service.ts";
import { administratorsOf, organizationWith } from "../../kit/sandbox-organization.ts";
import { pageOf } from "../../kit/sandbox-page.ts";
import { denied, invalid, notFound } from "./errors.ts";
import { type GroupRecord, type IdentityStore, identityStores, type UserRecord } from "./state.ts";

/**
 * The identity store that a request names. Its owner may use it, and of an organization's also the
 * delegated administrator of IAM Identity Center.
 */
export function storeOf(context: HandlerContext, id: string | undefined): IdentityStore {
  const { world, caller, region } = context;
  const store = identityStores(world).get(id ?? "");
  if (store === undefined || store.region !== region) throw notFound("IDENTITY_STORE", id ?? "");
  if (store.ownerAccount === caller.account) return store;
  const organization = organizationWith(world, caller.account);
  const isAdministrator =
    organization?.managementAccountId === store.ownerAccount &&
    administratorsOf(organization, identityCenterFacts.principal).includes(caller.account);
  if (!isAdministrator) throw denied(caller.arn);
  return store;
}

/** A group of the store. */
export function groupOf(store: IdentityStore, id: string | undefined): GroupRecord {
  const group = store.groups.get(id ?? "");
  if (group === undefined) throw notFound("GROUP", id ?? "");
  return group;
}

/** A user of the store. */
export function userOf(store: IdentityStore, id: string | undefined): UserRecord {
  const user = store.users.get(id ?? "");
  if (user === undefined) throw notFound("USER", id ?? "");
  return user;
}

/** The value that an alternate identifier asks for, when its attribute is one of those given. */
export function uniqueAttribute(
  identifier: unknown,
  ...paths: readonly string[]
): { readonly path: string; readonly value: string } {
  const { UniqueAttribute } = (identifier ?? {}) as {
    UniqueAttribute?: { AttributePath?: string; AttributeValue?: unknown };
  };
  const path = paths.find(
    (known) => known.toLowerCase() === UniqueAttribute?.AttributePath?.toLowerCase(),
  );
  if (path === undefined || typeof UniqueAttribute?.AttributeValue !== "string") {
    throw invalid(`AlternateIdentifier must be a UniqueAttribute of ${paths.join(" or ")}`);
  }
  return { path, value: UniqueAttribute.AttributeValue };
}

/** The one filter that lists take: an attribute and the value that it must have. */
export function filterValue(
  filters:
    | readonly { AttributePath: string | undefined; AttributeValue: string | undefined }[]
    | undefined,
  path: string,
): string | undefined {
  const [filter, ...more] = filters ?? [];
  if (filter === undefined) return undefined;
  if (more.length > 0 || filter.AttributePath?.toLowerCase() !== path.toLowerCase()) {
    throw invalid(`Filters take one ${path}`);
  }
  return filter.AttributeValue;
}

/** One page of a list. */
export function page<T>(
  items: readonly T[],
  input: { readonly MaxResults?: number | undefined; readonly NextToken?: string | undefined },
  list: string,
): { readonly items: T[]; readonly next: { readonly NextToken?: string } } {
  const { items: found, nextToken } = pageOf(
    items,
    { maxResults: input.MaxResults, token: input.NextToken },
    {
      list,
      defaultSize: identityCenterFacts.pageSize,
      maxSize: identityCenterFacts.pageSize,
      invalid: (member) => invalid(`Invalid ${member}`),
    },
  );
  return { items: found, next: nextToken === undefined ? {} : { NextToken: nextToken } };
}
