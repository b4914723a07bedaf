import { serviceContract } from "./service-contract.ts";

serviceContract("detective", {
  block: { delegatedAdministrator: "Audit", datasourcePackages: ["EKS_AUDIT"] },
});
