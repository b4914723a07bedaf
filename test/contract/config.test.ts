import { serviceContract } from "./service-contract.ts";

serviceContract("config", {
  block: {
    delegatedAdministrator: "Audit",
    recorder: { frequency: "continuous", daily: ["AWS::EC2::NetworkInterface"] },
    delivery: {
      bucket: "acme-config-history",
      account: "LogArchive",
      prefix: "config",
      snapshots: "TwentyFour_Hours",
    },
    aggregator: {},
    rules: [
      { name: "security-trail", identifier: "CLOUDTRAIL_SECURITY_TRAIL_ENABLED" },
      {
        name: "passwords",
        identifier: "IAM_PASSWORD_POLICY",
        parameters: { MinimumPasswordLength: "16" },
        excludeAccounts: ["Dev1"],
        regions: ["eu-central-1"],
      },
      {
        name: "versioned-buckets",
        policy: { file: "rules/versioned.guard" },
        resourceTypes: ["AWS::S3::Bucket"],
      },
    ],
    conformancePacks: [{ name: "baseline", template: "packs/baseline.yaml" }],
  },
  files: {
    "rules/versioned.guard":
      "rule versioned when resourceType == 'AWS::S3::Bucket' { supplementaryConfiguration.BucketVersioningConfiguration.status == 'Enabled' }",
    "packs/baseline.yaml": `Parameters:
  Days: { Type: String, Default: "90" }
Resources:
  Keys:
    Type: AWS::Config::ConfigRule
    Properties:
      ConfigRuleName: access-keys-rotated
      InputParameters: { maxAccessKeyAge: !Ref Days }
      Source: { Owner: AWS, SourceIdentifier: ACCESS_KEYS_ROTATED }
`,
  },
});
