import { serviceContract } from "./service-contract.ts";

serviceContract("account", {
  block: {
    delegatedAdministrator: "Audit",
    excludeOrganizationalUnits: ["Workloads"],
    alternateContacts: {
      security: {
        name: "Security",
        title: "Security team",
        emailAddress: "security@example.com",
        phoneNumber: "+1 206 555 0100",
      },
    },
    enableRegions: ["eu-south-1"],
  },
});
