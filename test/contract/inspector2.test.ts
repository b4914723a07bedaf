import { serviceContract } from "./service-contract.ts";

serviceContract("inspector2", {
  block: {
    delegatedAdministrator: "Audit",
    scanTypes: ["ec2", "ecr", "lambda", "lambdaCode"],
    ec2ScanMode: "EC2_HYBRID",
    ecrRescanDuration: "DAYS_30",
    deepInspectionPaths: ["/opt/app"],
  },
});
