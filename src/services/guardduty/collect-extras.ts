import type { CallOptions } from "../../aws/aws.ts";
import type { RegionName } from "../../core/identifiers.ts";
import type { CollectContext } from "../security-service.ts";
import { listWords } from "./list-words.ts";
import { listOperations } from "./lists.ts";
import type { GuardDutyBlock } from "./schema.ts";
import { type DestinationState, type ListKind, type ListState, listKinds } from "./state.ts";

type Context = CollectContext<GuardDutyBlock>;

/** Reads where findings are exported to, when the block asks for it or there is no block. */
export async function collectDestinations(
  context: Context,
  region: RegionName,
  DetectorId: string,
  how: CallOptions,
): Promise<readonly DestinationState[] | undefined> {
  const { aws, block } = context;
  if (block !== undefined && block.findingsExport === undefined) return undefined;
  return context.attempt(`${region}/destinations`, async () => {
    const found: DestinationState[] = [];
    const pages = aws.pages("guardduty", "ListPublishingDestinations", { DetectorId }, how);
    for await (const { Destinations = [] } of pages) {
      for (const { DestinationId } of Destinations) {
        const input = { DetectorId, DestinationId };
        const read = await aws.call("guardduty", "DescribePublishingDestination", input, how);
        const { DestinationArn, KmsKeyArn, ExpectedBucketOwner } = read.DestinationProperties ?? {};
        found.push({
          id: DestinationId ?? "",
          status: read.Status ?? "",
          bucketArn: DestinationArn ?? "",
          kmsKeyArn: KmsKeyArn ?? "",
          ...(ExpectedBucketOwner === undefined
            ? {}
            : { expectedBucketOwner: ExpectedBucketOwner }),
        });
      }
    }
    return found;
  });
}

/** Reads the kinds of lists that the block names. */
export async function collectLists(
  context: Context,
  region: RegionName,
  DetectorId: string,
  how: CallOptions,
): Promise<Readonly<Partial<Record<ListKind, readonly ListState[]>>> | undefined> {
  const { block } = context;
  const kinds = listKinds.filter((kind) => block?.[listWords[kind].member] !== undefined);
  if (kinds.length === 0) return undefined;
  const read = await context.each(kinds, async (kind) => {
    const lists = await context.attempt(`${region}/lists/${kind}`, () =>
      listOperations[kind].readAll(context, DetectorId, how),
    );
    return lists === undefined ? [] : [[kind, lists] as const];
  });
  return Object.fromEntries(read.flat());
}
