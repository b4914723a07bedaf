import type { CallOptions } from "../../aws/aws.ts";
import type { RegionName } from "../../core/identifiers.ts";
import type { CollectContext } from "../security-service.ts";
import type { GuardDutyBlock } from "./schema.ts";
import type { OrganizationStatistics } from "./state.ts";

/**
 * How many accounts have GuardDuty on in a Region, as the administrator is told by one call. AWS
 * brings the numbers up to date once a day.
 *
 * @see https://docs.aws.amazon.com/guardduty/latest/APIReference/API_GetOrganizationStatistics.html
 */
export function readStatistics(
  context: CollectContext<GuardDutyBlock>,
  region: RegionName,
  how: CallOptions,
): Promise<OrganizationStatistics | undefined> {
  return context.attempt(`${region}/statistics`, async () => {
    const read = await context.aws.call("guardduty", "GetOrganizationStatistics", {}, how);
    const { OrganizationStatistics: counts, UpdatedAt } = read.OrganizationDetails ?? {};
    return {
      total: counts?.TotalAccountsCount ?? 0,
      enabled: counts?.EnabledAccountsCount ?? 0,
      features: Object.fromEntries(
        (counts?.CountByFeature ?? []).map(({ Name, EnabledAccountsCount }) => [
          Name ?? "",
          EnabledAccountsCount ?? 0,
        ]),
      ),
      ...(UpdatedAt === undefined ? {} : { updatedAt: UpdatedAt.toISOString() }),
    };
  });
}
