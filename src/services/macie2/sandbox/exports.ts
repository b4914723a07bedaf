import type {
  GetClassificationExportConfigurationCommandInput,
  GetClassificationExportConfigurationCommandOutput,
  GetFindingsPublicationConfigurationCommandInput,
  GetFindingsPublicationConfigurationCommandOutput,
  PutClassificationExportConfigurationCommandInput,
  PutClassificationExportConfigurationCommandOutput,
  PutFindingsPublicationConfigurationCommandInput,
  PutFindingsPublicationConfigurationCommandOutput,
} from "@aws-sdk/client-macie2";
import type { AnyHandler } from "../../../sandbox/service.ts";
import { validation } from "./errors.ts";
import { callersSession } from "./organization.ts";
import type { Served } from "./served.ts";
import { accountRegion } from "./state.ts";

const putExport: Served<
  PutClassificationExportConfigurationCommandInput,
  PutClassificationExportConfigurationCommandOutput
> = (context, input) => {
  const { world, caller, region } = context;
  callersSession(context);
  const to = input.configuration?.s3Destination;
  if (to?.bucketName === undefined || to.bucketName === "") {
    throw validation("The value for the bucketName field is invalid");
  }
  if (!/^arn:aws:kms:[a-z0-9-]+:\d{12}:key\/.+$/.test(to.kmsKeyArn ?? "")) {
    throw validation("The value for the kmsKeyArn field is invalid");
  }
  const { kmsKeyArn = "", bucketName, keyPrefix, expectedBucketOwner } = to;
  accountRegion(world, caller.account, region).exports = {
    bucketName,
    kmsKeyArn,
    ...(keyPrefix === undefined ? {} : { keyPrefix }),
    ...(expectedBucketOwner === undefined ? {} : { expectedBucketOwner }),
  };
  return { configuration: { s3Destination: to } };
};

const getExport: Served<
  GetClassificationExportConfigurationCommandInput,
  GetClassificationExportConfigurationCommandOutput
> = (context) => {
  const { world, caller, region } = context;
  callersSession(context);
  const found = accountRegion(world, caller.account, region).exports;
  return { configuration: found === undefined ? {} : { s3Destination: { ...found } } };
};

const putPublication: Served<
  PutFindingsPublicationConfigurationCommandInput,
  PutFindingsPublicationConfigurationCommandOutput
> = (context, input) => {
  const { world, caller, region } = context;
  callersSession(context);
  const to = input.securityHubConfiguration;
  const state = accountRegion(world, caller.account, region);
  state.publication = {
    classification: to?.publishClassificationFindings ?? state.publication.classification,
    policy: to?.publishPolicyFindings ?? state.publication.policy,
  };
  return {};
};

const getPublication: Served<
  GetFindingsPublicationConfigurationCommandInput,
  GetFindingsPublicationConfigurationCommandOutput
> = (context) => {
  const { world, caller, region } = context;
  callersSession(context);
  const { classification, policy } = accountRegion(world, caller.account, region).publication;
  return {
    securityHubConfiguration: {
      publishClassificationFindings: classification,
      publishPolicyFindings: policy,
    },
  };
};

/** Operations on where results and findings go. */
export const exportHandlers: Readonly<Record<string, AnyHandler>> = {
  PutClassificationExportConfiguration: putExport,
  GetClassificationExportConfiguration: getExport,
  PutFindingsPublicationConfiguration: putPublication,
  GetFindingsPublicationConfiguration: getPublication,
};
