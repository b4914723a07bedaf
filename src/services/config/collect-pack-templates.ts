import type { CallOptions } from "../../aws/aws.ts";
import { AwsError } from "../../aws/aws-error.ts";
import { conformancePackFacts } from "../../data/conformance-packs.ts";
import type { CollectContext } from "../security-service.ts";
import type { ConfigBlock } from "./schema.ts";
import type { ConfigState } from "./state.ts";

/**
 * Reads the templates of AWS that the file names, from AWS's documents in the home Region: once each,
 * whatever the number of Regions.
 */
export async function collectPackTemplates(
  { aws, attempt, block, each }: CollectContext<ConfigBlock>,
  how: CallOptions,
): Promise<NonNullable<ConfigState["awsTemplates"]>> {
  if (block === undefined || block.remove === true) return {};
  const names = new Set(
    block.conformancePacks.flatMap(({ awsTemplate, remove }) =>
      awsTemplate === undefined || remove === true ? [] : [awsTemplate],
    ),
  );
  const read = await each([...names].sort(), async (name) => {
    const found = await attempt(`conformancePackTemplates/${name}`, async () => {
      try {
        const Name = `${conformancePackFacts.documentPrefix}${name}`;
        const { Content } = await aws.call("ssm", "GetDocument", { Name }, how);
        return { text: Content ?? null };
      } catch (error) {
        if (isMissing(error)) return { text: null };
        throw error;
      }
    });
    return found === undefined ? [] : [[name, found.text] as const];
  });
  return Object.fromEntries(read.flat());
}

function isMissing(error: unknown): boolean {
  return error instanceof AwsError && error.details.awsCode === "InvalidDocument";
}
