import { z } from "zod";
import { ouPathKey } from "../../core/desired.ts";
import type { RegionName } from "../../core/identifiers.ts";
import type {
  BlockContext,
  BlockIssue,
  OrganizationFacts,
  PlannedAccount,
} from "../../core/service-plan.ts";
import { regions as allRegions } from "../../data/regions.ts";

/** The members that blocks share: who administers a service, and where it shall be. */
export interface ScopeBlock {
  readonly delegatedAdministrator?: string | undefined;
  readonly regions?: readonly RegionName[] | undefined;
  readonly excludeRegions?: readonly RegionName[] | undefined;
  readonly excludeAccounts?: readonly string[] | undefined;
  readonly excludeOrganizationalUnits?: readonly string[] | undefined;
  readonly remove?: boolean | undefined;
}

/** An account's name in the file. */
export const accountName: z.ZodString = z
  .string()
  .min(1)
  .meta({ examples: ["Audit"] });

/** A Region code. */
export const regionName: z.ZodString = z
  .string()
  .regex(/^[a-z]{2,3}(-[a-z]+)+-\d$/, "a Region code looks like `eu-west-1`")
  .meta({ examples: ["eu-west-1"] });

/** The account that administers a service. */
export const delegatedAdministrator: z.ZodOptional<z.ZodString> = accountName.optional().meta({
  description:
    "Account of the file that administers the service for the organization. Another account than " +
    "now takes its place in order: the plan says what is lost meanwhile.",
});

/** Members for a service that works in Regions. */
export const regionScope: {
  readonly regions: z.ZodOptional<z.ZodArray<z.ZodString>>;
  readonly excludeRegions: z.ZodOptional<z.ZodArray<z.ZodString>>;
} = {
  regions: z.array(regionName).min(1).optional().meta({
    description:
      "Regions in which the service shall be; the governed Regions that have it when absent.",
  }),
  excludeRegions: z
    .array(regionName)
    .optional()
    .meta({ description: "Governed Regions in which the service is left alone." }),
};

/** Members for a service that works in accounts. */
export const accountScope: {
  readonly excludeAccounts: z.ZodOptional<z.ZodArray<z.ZodString>>;
  readonly excludeOrganizationalUnits: z.ZodOptional<z.ZodArray<z.ZodString>>;
} = {
  excludeAccounts: z
    .array(accountName)
    .optional()
    .meta({ description: "Accounts in which the service is left alone." }),
  excludeOrganizationalUnits: z
    .array(
      z
        .string()
        .min(1)
        .meta({ examples: ["Workloads/Sandbox"] }),
    )
    .optional()
    .meta({ description: "Organizational units, with all below, whose accounts are left alone." }),
};

/** The word that ends a service. */
export const remove: z.ZodOptional<z.ZodBoolean> = z
  .boolean()
  .optional()
  .meta({
    description:
      "Takes the service down again: Region by Region, the organization's part last. Leaving the " +
      "block out of the file never does.",
  });

/** Regions of a block: those that it names or the governed ones, as far as the service is there. */
export function selectRegions(
  facts: Pick<OrganizationFacts, "governedRegions">,
  block: ScopeBlock,
  supported: readonly RegionName[],
): readonly RegionName[] {
  const has = new Set(supported);
  const excluded = new Set(block.excludeRegions ?? []);
  return (block.regions ?? facts.governedRegions).filter(
    (region) => has.has(region) && !excluded.has(region),
  );
}

/**
 * Accounts of a block: active (or still to be made), and not excluded by name or by an
 * organizational unit above them.
 */
export function selectAccounts(
  facts: Pick<OrganizationFacts, "accounts">,
  block: ScopeBlock,
): readonly PlannedAccount[] {
  const excluded = new Set(block.excludeAccounts ?? []);
  const units = new Set(block.excludeOrganizationalUnits ?? []);
  return facts.accounts.filter(
    ({ name, state, path }) =>
      state === "ACTIVE" &&
      !excluded.has(name) &&
      !path.some((_, depth) => units.has(ouPathKey(path.slice(0, depth + 1)))),
  );
}

const optIn: ReadonlyMap<RegionName, boolean> = new Map(
  allRegions.list.map((region) => [region.name, region.optIn]),
);

/** Whether an account may use a Region: as it was read, else by AWS's default of that Region. */
export function isRegionEnabled(
  account: {
    readonly regions?: readonly { readonly name: string; readonly status: string }[] | undefined;
  },
  region: RegionName,
): boolean {
  const read = account.regions?.find(({ name }) => name === region);
  if (read !== undefined) return read.status === "ENABLED" || read.status === "ENABLED_BY_DEFAULT";
  return optIn.get(region) !== true;
}

/** An account of the plan by its name in the file. */
export function accountNamed(
  facts: Pick<OrganizationFacts, "accounts">,
  name: string | undefined,
): PlannedAccount | undefined {
  return name === undefined ? undefined : facts.accounts.find((account) => account.name === name);
}

/** What is wrong with the shared members of a block, as far as the file tells. */
export function checkScope(
  block: ScopeBlock,
  context: BlockContext,
  service: { readonly title: string; readonly regions: readonly RegionName[] },
): readonly BlockIssue[] {
  const issues: BlockIssue[] = [];
  const error = (code: string, path: BlockIssue["path"], summary: string, help: string): void => {
    issues.push({ severity: "error", code, path, summary, help });
  };
  const { delegatedAdministrator: administrator } = block;
  const path = ["delegatedAdministrator"];
  if (administrator !== undefined && !context.accounts.has(administrator)) {
    error(
      "ORGRAIL1051",
      path,
      `there is no account \`${administrator}\` in the file`,
      "name one of `accounts`",
    );
  }
  if (administrator !== undefined && administrator === context.managementAccount) {
    error(
      "ORGRAIL1071",
      path,
      `the management account cannot be the delegated administrator of ${service.title}`,
      "name a member account; AWS recommends one for security tooling",
    );
  }
  if (administrator !== undefined && context.closing.has(administrator)) {
    error(
      "ORGRAIL1070",
      path,
      `\`${administrator}\` is closed and cannot administer ${service.title}`,
      "name another account",
    );
  }
  for (const [index, name] of (block.excludeAccounts ?? []).entries()) {
    if (context.accounts.has(name)) continue;
    error(
      "ORGRAIL1051",
      ["excludeAccounts", index],
      `there is no account \`${name}\` in the file`,
      "name one of `accounts`",
    );
  }
  for (const [index, unit] of (block.excludeOrganizationalUnits ?? []).entries()) {
    if (context.organizationalUnits.has(unit)) continue;
    error(
      "ORGRAIL1050",
      ["excludeOrganizationalUnits", index],
      `there is no organizational unit \`${unit}\` in the file`,
      "write its path from the root, such as `Workloads/Prod`",
    );
  }
  for (const [index, region] of (block.regions ?? []).entries()) {
    if (service.regions.includes(region)) continue;
    error(
      "ORGRAIL1090",
      ["regions", index],
      `${service.title} is not offered in \`${region}\``,
      "leave the Region out; without `regions` only those that have it are taken",
    );
  }
  for (const member of ["regions", "excludeRegions"] as const) {
    for (const [index, region] of (block[member] ?? []).entries()) {
      if (context.governedRegions.length === 0 || context.governedRegions.includes(region))
        continue;
      error(
        "ORGRAIL1091",
        [member, index],
        `\`${region}\` is not among the governed Regions`,
        "add it to `organization.governedRegions`, or leave it out",
      );
    }
  }
  return issues;
}
