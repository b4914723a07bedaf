import type { CallOptions } from "../../aws/aws.ts";
import type { RegionName } from "../../core/identifiers.ts";
import type { CollectContext } from "../security-service.ts";
import { collectAssignments } from "./collect-assignments.ts";
import { collectSets } from "./collect-sets.ts";
import { absentAsNull, type Reading } from "./reading.ts";
import type { IdentityCenterBlock } from "./schema.ts";
import type { IdentityCenterState } from "./state.ts";
import { principalsOf, wantedSets } from "./wanted.ts";

/**
 * Reads IAM Identity Center from the management account, which sees all of it: one call for the name
 * of each permission set, eight more for each of the file's; one for each group and user of the
 * file, and their assignments a hundred at a time. Only sets whose assignments the file owns are
 * read account by account.
 */
export async function collectIdentityCenter(
  context: CollectContext<IdentityCenterBlock>,
): Promise<IdentityCenterState> {
  const { block } = context;
  const found = await findInstance(context);
  const { instance, asked } = found;
  const nothing = { asked, principals: {}, names: {}, ofPrincipals: {}, ofSets: {} };
  if (instance === undefined) return nothing;
  if (instance === null) return { ...nothing, instance };
  const reading: Reading = {
    context,
    instanceArn: instance.arn,
    identityStoreId: instance.identityStoreId,
    how: placeOf(context, instance.region),
  };
  const assignments = (block?.assignments ?? []).flatMap(principalsOf);
  const wanted = wantedSets(block ?? {});
  const [sets, principals] = await Promise.all([
    collectSets(reading, wanted),
    readPrincipals(reading, [...new Set(assignments)]),
  ]);
  const exact = wanted
    .filter(({ remove, block: set }) => remove || set.exclusiveAssignments === true)
    .flatMap(({ name }) => sets.permissionSets?.find((set) => set.name === name)?.arn ?? []);
  const read = await collectAssignments(reading, exact, principals);
  return { instance, asked, ...sets, principals, ...read };
}

/** How the management account is called in a Region. */
function placeOf(
  { organization, signal }: CollectContext<IdentityCenterBlock>,
  region: RegionName,
): CallOptions {
  const account = organization.managementAccountId;
  return { account, region, ...(signal === undefined ? {} : { signal }) };
}

/** The organization's instance: in the Region that the file says, else in the first that has it. */
async function findInstance(
  context: CollectContext<IdentityCenterBlock>,
): Promise<Pick<IdentityCenterState, "instance" | "asked">> {
  const { organization, block, homeRegion } = context;
  const owner = organization.managementAccountId;
  const regions =
    block?.region === undefined
      ? [...new Set([homeRegion, ...context.regions])].filter((region) =>
          context.isRegionEnabled(owner, region),
        )
      : [block.region];
  const asked: RegionName[] = [];
  for (const region of regions) {
    asked.push(region);
    const instances = await context.attempt(`${region}/instances`, async () => {
      const list = [];
      const how = placeOf(context, region);
      for await (const page of context.aws.pages("sso", "ListInstances", {}, how)) {
        list.push(...(page.Instances ?? []));
      }
      return list;
    });
    if (instances === undefined) return { asked };
    const found = instances.find(({ OwnerAccountId }) => OwnerAccountId === owner);
    if (found?.InstanceArn !== undefined && found.IdentityStoreId !== undefined) {
      const { InstanceArn: arn, IdentityStoreId: identityStoreId } = found;
      return { asked, instance: { arn, identityStoreId, region } };
    }
  }
  return { asked, instance: null };
}

async function readPrincipals(
  { context, identityStoreId, how }: Reading,
  principals: readonly string[],
): Promise<IdentityCenterState["principals"]> {
  const read = await context.each(principals, async (principal) => {
    const [type = "", ...words] = principal.split(" ");
    const name = words.join(" ");
    const identifier = (AttributePath: string): object => ({
      UniqueAttribute: { AttributePath, AttributeValue: name },
    });
    const id = await context.attempt(`principals/${principal}`, () =>
      absentAsNull(async () => {
        if (type === "GROUP") {
          const AlternateIdentifier = identifier("displayName") as never;
          const input = { IdentityStoreId: identityStoreId, AlternateIdentifier };
          return (await context.aws.call("identitystore", "GetGroupId", input, how)).GroupId;
        }
        const AlternateIdentifier = identifier("userName") as never;
        const input = { IdentityStoreId: identityStoreId, AlternateIdentifier };
        return (await context.aws.call("identitystore", "GetUserId", input, how)).UserId;
      }),
    );
    return id === undefined ? [] : [[principal, id] as const];
  });
  return Object.fromEntries(read.flat());
}
