import { setMaxListeners } from "node:events";
import { AwsError } from "../../aws/aws-error.ts";
import { AppError } from "../../core/app-error.ts";
import type { Gap } from "../../core/read.ts";
import type { OrganizationState, RootState, SnapshotCaller } from "../../core/snapshot.ts";
import type { ServiceContext } from "../service.ts";
import {
  type Collecting,
  type CollectProgress,
  signalOf,
  startCollecting,
} from "./collect-context.ts";
import {
  collectDelegatedAdministrators,
  collectResourcePolicy,
  collectTrustedAccess,
} from "./collect-delegation.ts";
import { collectPolicies } from "./collect-policies.ts";
import { collectAccountCreations, collectHandshakes } from "./collect-requests.ts";
import { collectTags, type Selection } from "./collect-tags.ts";
import { collectAccounts, collectUnits } from "./collect-tree.ts";

/** What of an organization is read. */
export interface OrganizationCollectOptions {
  /** Whose tags: every resource costs a call. */
  readonly tags: Selection;
  /** `false`: policies of AWS's own are not asked where they are attached. */
  readonly targetsOfManaged?: boolean;
  readonly onProgress?: (progress: CollectProgress) => void;
}

/** An organization as it was read, by whom, and what was not. */
export interface CollectedOrganization {
  readonly caller: SnapshotCaller;
  readonly organization: OrganizationState;
  readonly gaps: readonly Gap[];
}

/**
 * Reads an organization from its management account or a delegated administrator. Reads run in
 * parallel as far as AWS's rates allow; one that fails is a gap.
 *
 * Calls: one each for caller, organization, root and resource policy; for every parent, one a page
 * of its units; one a page of all accounts; one a page of each policy type; for every policy, one
 * for its content and one a page of its targets; one for each delegated administrator; one a
 * resource for tags that are asked for. That is what paging dictates (`lowestCallCount`).
 *
 * @throws AppError with exit `credentials` when the caller is in no organization, or is a member
 *   without the right to see it; and when the root cannot be read.
 */
export async function collectOrganizationState(
  context: ServiceContext,
  options: OrganizationCollectOptions,
): Promise<CollectedOrganization> {
  const stop = new AbortController();
  const signal =
    context.signal === undefined ? stop.signal : AbortSignal.any([context.signal, stop.signal]);
  // Every read under way listens to it: more than the ten that Node.js takes for a leak.
  setMaxListeners(0, signal);
  const collecting = startCollecting({ ...context, signal }, options.onProgress);
  try {
    return await collect(collecting, options);
  } catch (error) {
    stop.abort(error);
    throw error;
  }
}

async function collect(
  collecting: Collecting,
  options: OrganizationCollectOptions,
): Promise<CollectedOrganization> {
  const { aws } = collecting;
  const [identity, { Organization: described = {} }] = await Promise.all([
    aws.caller(collecting.signal),
    aws.call("organizations", "DescribeOrganization", {}, signalOf(collecting)),
  ]);
  const managementAccountId = described.MasterAccountId ?? "";
  const standing = managementAccountId === identity.account ? "management" : undefined;
  const root = await readRoot(collecting, described.Id ?? "", identity.account, standing);
  const units = collectUnits(collecting, root.id);
  const [
    organizationalUnits,
    accounts,
    policies,
    trustedAccess,
    delegatedAdministrators,
    resourcePolicy,
    handshakes,
    accountCreations,
  ] = await Promise.all([
    units,
    collectAccounts(collecting, root.id, units),
    collectPolicies(
      collecting,
      root.policyTypes.map(({ type }) => type),
      options.targetsOfManaged !== false,
    ),
    collectTrustedAccess(collecting),
    collectDelegatedAdministrators(collecting),
    collectResourcePolicy(collecting),
    collectHandshakes(collecting),
    collectAccountCreations(collecting),
  ]);
  const organization: OrganizationState = {
    id: described.Id ?? "",
    arn: described.Arn ?? "",
    featureSet: described.FeatureSet ?? "ALL",
    managementAccountId,
    managementAccountEmail: described.MasterAccountEmail ?? "",
    root,
    organizationalUnits,
    accounts,
    policies,
    ...(trustedAccess === undefined ? {} : { trustedAccess }),
    ...(delegatedAdministrators === undefined ? {} : { delegatedAdministrators }),
    ...(resourcePolicy === undefined ? {} : { resourcePolicy }),
    ...(handshakes === undefined ? {} : { handshakes }),
    ...(accountCreations === undefined ? {} : { accountCreations }),
  };
  return {
    caller: {
      account: identity.account,
      arn: identity.arn,
      standing: standing ?? "delegatedAdministrator",
    },
    organization: await collectTags(collecting, organization, options.tags),
    gaps: collecting.gaps.sort((a, b) => (a.subject < b.subject ? -1 : 1)),
  };
}

async function readRoot(
  collecting: Collecting,
  organizationId: string,
  account: string,
  standing: "management" | undefined,
): Promise<RootState> {
  try {
    const { Roots } = await collecting.aws.call(
      "organizations",
      "ListRoots",
      {},
      signalOf(collecting),
    );
    const root = Roots?.[0];
    if (root?.Id === undefined) {
      throw new AppError("ORGRAIL4101", `organization ${organizationId} shows no root`);
    }
    return {
      id: root.Id,
      arn: root.Arn ?? "",
      name: root.Name ?? "",
      policyTypes: (root.PolicyTypes ?? []).map(({ Type = "", Status = "" }) => ({
        type: Type,
        status: Status,
      })),
    };
  } catch (error) {
    if (
      !(error instanceof AwsError) ||
      error.kind !== "access-denied" ||
      standing === "management"
    ) {
      throw error;
    }
    throw new AppError(
      "ORGRAIL4102",
      `account ${account} is a member of organization ${organizationId} and may not read it`,
      {
        exit: "credentials",
        hint: "use credentials of the management account, or of a delegated administrator",
        cause: error,
      },
    );
  }
}
