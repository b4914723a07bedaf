import type { RegionName } from "../../core/identifiers.ts";
import type { Address } from "../../core/plan.ts";

/** Where a thing of a service is: the account by its name in the file, the Region, or both. */
export interface ThingPlace {
  readonly account?: string;
  readonly region?: RegionName;
}

/**
 * Address of a thing of a service: `SERVICE/KIND`, then `:NAME`, `@ACCOUNT` and `/REGION` as far as
 * they tell things apart, such as `guardduty/detector@Audit/eu-west-1`.
 */
export function thingAddress(
  service: string,
  kind: string,
  place: ThingPlace = {},
  name?: string,
): Address {
  const named = name === undefined ? "" : `:${name}`;
  const { account, region } = place;
  const at =
    account === undefined
      ? region === undefined
        ? ""
        : `@${region}`
      : `@${account}${region === undefined ? "" : `/${region}`}`;
  return `${service}/${kind}${named}${at}`;
}
