import type { Aws } from "../../aws/aws.ts";
import type { LayerControl } from "../../layers/control.ts";
import type { Resource } from "../../layers/resource.ts";
import type { AskContext } from "./ask.ts";
import { bucketFacts } from "./bucket.ts";
import { instanceFacts } from "./instance.ts";
import { roleFacts } from "./role.ts";
import { vpcFacts } from "./vpc.ts";

/** By kind of resource. */
const readers: Readonly<Record<string, (context: AskContext) => readonly Promise<LayerControl>[]>> =
  {
    "EC2 instance": instanceFacts,
    "IAM role": roleFacts,
    "S3 bucket": bucketFacts,
    VPC: vpcFacts,
  };

/** Whether resources of a kind can be asked themselves. */
export function canBeAsked({ kind }: Resource): boolean {
  return readers[kind.title] !== undefined;
}

/**
 * Asks a resource itself, in its account and Region, and services that look at it. What cannot be
 * read is unknown, with why.
 *
 * @param analyzer ARN of the organization's analyzer that covers it, when there is one
 */
export async function resourceFacts(
  aws: Aws,
  resource: Resource,
  { analyzer, signal }: { readonly analyzer?: string; readonly signal?: AbortSignal } = {},
): Promise<readonly LayerControl[]> {
  const { kind, account, region, arn, name } = resource;
  const how = {
    account: account.id,
    ...(region === undefined ? {} : { region }),
    ...(signal === undefined ? {} : { signal }),
  };
  return Promise.all(
    readers[kind.title]?.({
      aws,
      how,
      arn,
      name,
      ...(analyzer === undefined ? {} : { analyzer }),
    }) ?? [],
  );
}
