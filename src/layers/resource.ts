import { InputError } from "../core/app-error.ts";
import type { AccountId, RegionName } from "../core/identifiers.ts";
import type { OrganizationAccountState, OrganizationState } from "../core/snapshot.ts";
import { type ResourceKind, securityLayers } from "../data/security-layers.ts";

/** A resource of an account of the organization. */
export interface Resource {
  readonly arn: string;
  readonly kind: ResourceKind;
  readonly account: OrganizationAccountState;
  /** Absent for a global one, such as a role. */
  readonly region?: RegionName;
  /** The ARN's last part, such as `i-0123`. */
  readonly name: string;
}

/** What an ARN does not say: a bucket's has neither account nor Region. */
export interface ResourcePlace {
  readonly account?: string | undefined;
  readonly region?: RegionName | undefined;
}

/**
 * The resource of an ARN, in the organization that was read.
 *
 * @throws InputError ORGRAIL5440 for what is no ARN, ORGRAIL5441 when its account is not told or not
 *   in the organization, ORGRAIL5442 when its Region is not told.
 */
export function resourceOf(
  arn: string,
  place: ResourcePlace,
  organization: OrganizationState,
): Resource {
  const [prefix, partition = "", service = "", region = "", owner = "", ...rest] = arn.split(":");
  const resource = rest.join(":");
  if (prefix !== "arn" || partition === "" || service === "" || resource === "") {
    throw new InputError(
      "ORGRAIL5440",
      `\`${arn}\` is no ARN`,
      [],
      "such as arn:aws:ec2:eu-west-1:111122223333:instance/i-0123456789abcdef0",
    );
  }
  const kind = securityLayers.kinds.find(
    (one) => (one.service === "" || one.service === service) && one.resource.test(resource),
  );
  if (kind === undefined) throw new Error("the last kind matches all");
  const told = owner === "" ? place.account : owner;
  const account = accountOf(told, organization, arn);
  const where = region === "" ? place.region : region;
  if (where === undefined && service === "s3") {
    throw new InputError(
      "ORGRAIL5442",
      `the ARN of ${kind.title} \`${resource}\` does not say its Region`,
      [],
      "say it: --in eu-west-1",
    );
  }
  const name = resource.split("/").at(-1) ?? resource;
  return { arn, kind, account, name, ...(where === undefined ? {} : { region: where }) };
}

function accountOf(
  told: AccountId | string | undefined,
  { accounts, id }: OrganizationState,
  arn: string,
): OrganizationAccountState {
  const found = accounts.find((account) => account.id === told || account.name === told);
  if (found !== undefined) return found;
  throw told === undefined
    ? new InputError(
        "ORGRAIL5441",
        `\`${arn}\` does not say its account`,
        [],
        "say it: --account NAME",
      )
    : new InputError(
        "ORGRAIL5441",
        `the account \`${told}\` is not in the organization ${id}`,
        [],
        "take a newer snapshot, if it has joined since",
      );
}
