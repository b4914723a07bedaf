import type { CallOptions } from "../../aws/aws.ts";
import type { JsonObject } from "../../core/json.ts";
import type { CollectContext } from "../security-service.ts";
import type { CloudTrailBlock } from "./schema.ts";
import type { EventDataStoreState } from "./state.ts";

/**
 * Reads the event data stores of the management account in the home Region, where those of an
 * organization are made as a rule: they keep copies of events too, which are charged by the gigabyte.
 *
 * @see https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_ListEventDataStores.html
 */
export async function collectStores(
  { aws, attempt, each }: CollectContext<CloudTrailBlock>,
  home: CallOptions,
): Promise<readonly EventDataStoreState[] | undefined> {
  const arns = await attempt("stores", async () => {
    const found: string[] = [];
    for await (const page of aws.pages("cloudtrail", "ListEventDataStores", {}, home)) {
      for (const { EventDataStoreArn } of page.EventDataStores ?? []) {
        if (EventDataStoreArn !== undefined) found.push(EventDataStoreArn);
      }
    }
    return found.sort();
  });
  if (arns === undefined) return undefined;
  const read = await each(arns, (EventDataStore) =>
    attempt(`stores/${EventDataStore.split("/").at(-1)}`, async () => {
      const input = { EventDataStore };
      const store = await aws.call("cloudtrail", "GetEventDataStore", input, home);
      return {
        arn: EventDataStore,
        name: store.Name ?? "",
        status: store.Status ?? "",
        organization: store.OrganizationEnabled === true,
        multiRegion: store.MultiRegionEnabled === true,
        retentionDays: store.RetentionPeriod ?? 0,
        selectors: JSON.parse(JSON.stringify(store.AdvancedEventSelectors ?? [])) as JsonObject[],
      };
    }),
  );
  return read.filter((store) => store !== undefined);
}
