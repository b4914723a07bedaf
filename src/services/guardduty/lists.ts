import type { CallOptions } from "../../aws/aws.ts";
import type { ServiceContext } from "../service.ts";
import type { ListKind, ListState } from "./state.ts";

/** The reads of a kind of list. */
interface ListOperations {
  readonly readAll: (
    context: ServiceContext,
    DetectorId: string,
    how: CallOptions,
  ) => Promise<readonly ListState[]>;
}

/** The operations of each kind of list: AWS has a set of them for each, of one form. */
export const listOperations: Readonly<Record<ListKind, ListOperations>> = {
  IPSet: {
    readAll: async ({ aws }, DetectorId, how) => {
      const ids: string[] = [];
      for await (const page of aws.pages("guardduty", "ListIPSets", { DetectorId }, how)) {
        ids.push(...(page.IpSetIds ?? []));
      }
      return each(ids, async (IpSetId) =>
        aws.call("guardduty", "GetIPSet", { DetectorId, IpSetId }, how),
      );
    },
  },
  ThreatIntelSet: {
    readAll: async ({ aws }, DetectorId, how) => {
      const ids: string[] = [];
      for await (const page of aws.pages("guardduty", "ListThreatIntelSets", { DetectorId }, how)) {
        ids.push(...(page.ThreatIntelSetIds ?? []));
      }
      return each(ids, async (ThreatIntelSetId) =>
        aws.call("guardduty", "GetThreatIntelSet", { DetectorId, ThreatIntelSetId }, how),
      );
    },
  },
  TrustedEntitySet: {
    readAll: async ({ aws }, DetectorId, how) => {
      const ids: string[] = [];
      const pages = aws.pages("guardduty", "ListTrustedEntitySets", { DetectorId }, how);
      for await (const page of pages) ids.push(...(page.TrustedEntitySetIds ?? []));
      return each(ids, async (TrustedEntitySetId) =>
        aws.call("guardduty", "GetTrustedEntitySet", { DetectorId, TrustedEntitySetId }, how),
      );
    },
  },
  ThreatEntitySet: {
    readAll: async ({ aws }, DetectorId, how) => {
      const ids: string[] = [];
      const pages = aws.pages("guardduty", "ListThreatEntitySets", { DetectorId }, how);
      for await (const page of pages) ids.push(...(page.ThreatEntitySetIds ?? []));
      return each(ids, async (ThreatEntitySetId) =>
        aws.call("guardduty", "GetThreatEntitySet", { DetectorId, ThreatEntitySetId }, how),
      );
    },
  },
};

/** A list as its Get operation answers. */
interface ListAnswer {
  readonly Name?: string | undefined;
  readonly Format?: string | undefined;
  readonly Location?: string | undefined;
  readonly Status?: string | undefined;
  readonly ExpectedBucketOwner?: string | undefined;
}

async function each(
  ids: readonly string[],
  read: (id: string) => Promise<ListAnswer>,
): Promise<readonly ListState[]> {
  const lists: ListState[] = [];
  for (const id of ids) {
    const { Name, Format, Location, Status, ExpectedBucketOwner } = await read(id);
    // A list that is on its way out is none.
    if (Status === "DELETED" || Status === "DELETE_PENDING") continue;
    lists.push({
      id,
      name: Name ?? "",
      format: Format ?? "",
      location: Location ?? "",
      active: Status === "ACTIVE" || Status === "ACTIVATING" || Status === "ERROR",
      status: Status ?? "",
      ...(ExpectedBucketOwner === undefined ? {} : { expectedBucketOwner: ExpectedBucketOwner }),
    });
  }
  return lists.sort((a, b) => (a.name < b.name ? -1 : 1));
}
