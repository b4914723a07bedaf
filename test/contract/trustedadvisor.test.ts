import { serviceContract } from "./service-contract.ts";

serviceContract("trustedadvisor", {
  block: { delegatedAdministrator: "Audit" },
  isOrganizationAlone: true,
});
