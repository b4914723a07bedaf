import { only, type ServiceRegions } from "./service-regions.ts";

/**
 * Facts of Amazon Macie: Regions, page and batch sizes, limits.
 *
 * @see https://docs.aws.amazon.com/general/latest/gr/macie.html
 */
export const macieFacts: {
  readonly asOf: string;
  readonly source: string;
  readonly regions: ServiceRegions;
  readonly principal: string;
  readonly tamperActions: readonly string[];
  readonly pageSizes: {
    readonly administrators: number;
    readonly members: number;
    readonly discoveryAccounts: number;
  };
  /** Accounts in one BatchUpdateAutomatedDiscoveryAccounts. Members are created one by one. */
  readonly discoveryBatchSize: number;
  readonly maxMembers: number;
} = {
  asOf: "2026-11-22",
  source:
    "https://docs.aws.amazon.com/general/latest/gr/macie.html; https://docs.aws.amazon.com/macie/latest/user/macie-quotas.html; endpoints of botocore 2026-08-07",
  regions: only(
    "af-south-1",
    "ap-east-1",
    "ap-northeast-1",
    "ap-northeast-2",
    "ap-northeast-3",
    "ap-south-1",
    "ap-southeast-1",
    "ap-southeast-2",
    "ca-central-1",
    "eu-central-1",
    "eu-north-1",
    "eu-south-1",
    "eu-west-1",
    "eu-west-2",
    "eu-west-3",
    "il-central-1",
    "me-south-1",
    "sa-east-1",
    "us-east-1",
    "us-east-2",
    "us-west-1",
    "us-west-2",
  ),
  principal: "macie.amazonaws.com",
  tamperActions: [
    "macie2:DeleteFindingsFilter",
    "macie2:DeleteMember",
    "macie2:DisableMacie",
    "macie2:DisableOrganizationAdminAccount",
    "macie2:DisassociateFromAdministratorAccount",
    "macie2:DisassociateFromMasterAccount",
    "macie2:DisassociateMember",
    "macie2:PutClassificationExportConfiguration",
    "macie2:UpdateAutomatedDiscoveryConfiguration",
    "macie2:UpdateMacieSession",
    "macie2:UpdateMemberSession",
    "macie2:UpdateOrganizationConfiguration",
  ],
  pageSizes: { administrators: 25, members: 25, discoveryAccounts: 50 },
  discoveryBatchSize: 50,
  maxMembers: 10_000,
};
