/** A 12-digit AWS account id. */
export type AccountId = string;
/** A Region code such as `eu-west-1`. */
export type RegionName = string;

/** Patterns of AWS Organizations' identifiers, as its API reference gives them. */
export const identifierPatterns: Readonly<
  Record<"account" | "organization" | "root" | "organizationalUnit" | "policy" | "region", RegExp>
> = {
  account: /^\d{12}$/,
  organization: /^o-[a-z0-9]{10,32}$/,
  root: /^r-[0-9a-z]{4,32}$/,
  organizationalUnit: /^ou-[0-9a-z]{4,32}-[a-z0-9]{8,32}$/,
  policy: /^p-[0-9a-zA-Z_]{8,128}$/,
  region: /^[a-z]{2,3}(-[a-z]+)+-\d$/,
};

/**
 * Stands in a configuration that was imported for the id of the organization, where no file said
 * it; no organization has it.
 */
export const unknownOrganizationId = "o-0000000000";

/** What an identifier of AWS Organizations names, or `undefined` when it is none. */
export type TargetKind = "root" | "organizationalUnit" | "account";

/** Which kind of target an id names: root, organizational unit or account. */
export function targetKind(id: string): TargetKind | undefined {
  if (identifierPatterns.root.test(id)) return "root";
  if (identifierPatterns.organizationalUnit.test(id)) return "organizationalUnit";
  if (identifierPatterns.account.test(id)) return "account";
  return undefined;
}

/** The six parts of an ARN. */
export interface Arn {
  readonly partition: string;
  readonly service: string;
  readonly region: string;
  readonly account: string;
  readonly resource: string;
}

/** Splits an ARN into its parts; `undefined` when the text is not an ARN. */
export function parseArn(text: string): Arn | undefined {
  const parts = text.split(":");
  if (parts.length < 6 || parts[0] !== "arn") return undefined;
  const [, partition = "", service = "", region = "", account = ""] = parts;
  return { partition, service, region, account, resource: parts.slice(5).join(":") };
}
