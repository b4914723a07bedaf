import { unreadOf } from "../../plan/unread.ts";
import {
  decideInOrganization,
  type OrganizationAnswer,
  ownerPlaceOf,
} from "../../policy/decide-in-organization.ts";
import { arnAccount } from "../../policy/principal-facts.ts";
import type { Policy, Request } from "../../policy/types.ts";
import { type FoundPlace, placeName } from "./find-place.ts";
import type { OrganizationSource } from "./organization-source.ts";
import type { RequestPrincipal } from "./read-principal.ts";

/** A request to an organization, its parts found. */
export interface PlacedQuestion {
  /** Absent: the caller is outside the organization. */
  readonly caller?: FoundPlace;
  readonly principal: RequestPrincipal;
  readonly action: string;
  readonly resource: string;
  /** Id of the account that owns the resource, when told. */
  readonly resourceAccount?: string;
  readonly context: Request["context"];
  readonly unknownKeys: "absent" | "unknown";
  readonly identity?: readonly Policy[];
}

/** The answer, or `undefined` when neither caller nor resource is in the organization. */
export function decideAtPlace(
  source: OrganizationSource,
  question: PlacedQuestion,
): OrganizationAnswer | undefined {
  const { organization } = source.snapshot;
  const { caller, principal, action, resource, resourceAccount, identity } = question;
  const callerPlace = caller?.id;
  const ownerPlace = ownerPlaceOf(organization, resource, resourceAccount, callerPlace);
  if (callerPlace === undefined && ownerPlace === undefined) return undefined;
  const owner =
    resourceAccount ??
    (arnAccount(resource) === undefined && caller?.kind === "account" ? caller.id : undefined);
  return decideInOrganization({
    organization,
    ...(callerPlace === undefined ? {} : { callerPlace }),
    ...(ownerPlace === undefined ? {} : { ownerPlace }),
    ...(identity === undefined ? {} : { identity }),
    idsAreReal: source.kind !== "configuration",
    isTypeUnread: (type) => unreadOf(source.snapshot).policies(type),
    placeName: (id) => placeName(organization, id),
    request: {
      principal: principal.arn,
      ...(principal.session === undefined ? {} : { principalSession: principal.session }),
      action,
      resource,
      ...(owner === undefined ? {} : { resourceAccount: owner }),
      context: question.context,
      unknownKeys: question.unknownKeys,
    },
  });
}

/** The answer for a caller that is in the organization. */
export function decideAt(
  source: OrganizationSource,
  question: PlacedQuestion & { readonly caller: FoundPlace },
): OrganizationAnswer {
  const answer = decideAtPlace(source, question);
  if (answer === undefined) throw new Error("a caller in the organization has a place");
  return answer;
}
