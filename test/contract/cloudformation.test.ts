import { serviceContract } from "./service-contract.ts";

serviceContract("cloudformation", {
  block: {
    delegatedAdministrator: "Audit",
    callAs: "delegatedAdministrator",
    stackSets: [
      {
        name: "baseline",
        template: "templates/baseline.yaml",
        regions: ["eu-central-1", "us-east-1", "me-south-1"],
        parameters: { Prefix: "security" },
        capabilities: ["CAPABILITY_NAMED_IAM"],
        tags: { owner: "security" },
        driftDetection: { everyDays: 30 },
      },
      {
        name: "production",
        template: "templates/topic.json",
        organizationalUnits: ["Workloads/Prod"],
        autoDeployment: { enabled: false },
        managedExecution: false,
        operationPreferences: { regionConcurrency: "sequential", concurrencyMode: "strict" },
      },
    ],
  },
  files: {
    "templates/baseline.yaml": `
Parameters:
  Prefix: { Type: String }
Conditions:
  IsHome: !Equals [!Ref AWS::Region, eu-central-1]
Resources:
  Auditor:
    Type: AWS::IAM::Role
    Condition: IsHome
    Properties:
      RoleName: !Sub "\${Prefix}-auditor"
      AssumeRolePolicyDocument:
        Version: "2012-10-17"
        Statement:
          - Effect: Allow
            Principal: { Service: config.amazonaws.com }
            Action: sts:AssumeRole
  Alerts:
    Type: AWS::SNS::Topic
`,
    "templates/topic.json": JSON.stringify({ Resources: { Alerts: { Type: "AWS::SNS::Topic" } } }),
  },
});
