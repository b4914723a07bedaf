import { serviceContract } from "./service-contract.ts";

serviceContract("fms", {
  block: {
    delegatedAdministrator: "Audit",
    administrators: [
      { account: "LogArchive", organizationalUnits: ["Workloads/Dev"], policyTypes: ["WAFV2"] },
    ],
    policies: [
      {
        name: "web",
        type: "WAFV2",
        resourceTypes: ["AWS::ElasticLoadBalancingV2::LoadBalancer", "AWS::ApiGateway::Stage"],
        remediation: true,
        include: { organizationalUnits: ["Workloads/Prod"] },
        resourceTags: { public: "yes" },
        managedServiceData: {
          preProcessRuleGroups: [
            {
              managedRuleGroupIdentifier: {
                vendorName: "AWS",
                managedRuleGroupName: "AWSManagedRulesCommonRuleSet",
              },
              overrideAction: { type: "NONE" },
              ruleGroupType: "ManagedRuleGroup",
            },
          ],
          postProcessRuleGroups: [],
          defaultAction: { type: "ALLOW" },
        },
      },
      {
        name: "dns",
        type: "DNS_FIREWALL",
        regions: ["us-east-1"],
        resourceTypes: ["AWS::EC2::VPC"],
        exclude: { accounts: ["Dev1"] },
        managedServiceData: {
          preProcessRuleGroups: [{ ruleGroupId: "rslvr-frg-1", priority: 10 }],
        },
      },
    ],
  },
});
