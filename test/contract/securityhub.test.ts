import { serviceContract } from "./service-contract.ts";

serviceContract("securityhub", {
  block: {
    delegatedAdministrator: "Audit",
    policies: [
      {
        name: "baseline",
        standards: ["aws-foundational-security-best-practices/v/1.0.0", "pci-dss/v/4.0.1"],
        disabledControls: ["IAM.6"],
        parameters: {
          "IAM.7": {
            RequireUppercaseCharacters: { ValueType: "CUSTOM", Value: { Boolean: true } },
          },
        },
        targets: { organizationalUnits: ["Root"] },
      },
      { name: "off", enabled: false, targets: { organizationalUnits: ["Workloads/Dev"] } },
    ],
    selfManaged: { accounts: ["LogArchive"] },
    v2: {},
  },
});
