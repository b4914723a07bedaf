import { identityStores } from "../../src/services/identitystore/sandbox/state.ts";
import type { Sandbox } from "../../src/services/open-sandbox.ts";
import { enableIdentityCenter } from "../../src/services/sso/sandbox/instances.ts";
import { serviceContract } from "./service-contract.ts";

const groups = ["Admins", "Developers", "Auditors"];

/** What the console and an identity provider do: an instance, and who there is. */
function prepare({ world, managementAccount }: Sandbox): void {
  const { identityStoreId } = enableIdentityCenter(world, managementAccount, "us-east-1");
  const store = identityStores(world).get(identityStoreId);
  for (const [index, displayName] of groups.entries()) {
    const id = `00000000-0000-4000-8000-00000000000${index}`;
    store?.groups.set(id, { id, displayName });
  }
  const id = "00000000-0000-4000-8000-000000000009";
  store?.users.set(id, { id, userName: "ada", attributes: {} });
}

const document = {
  Version: "2012-10-17",
  Statement: [{ Effect: "Allow", Action: "s3:ListAllMyBuckets", Resource: "*" }],
};

serviceContract("sso", {
  prepare,
  files: { "policies/ops.json": JSON.stringify(document) },
  block: {
    delegatedAdministrator: "Audit",
    region: "us-east-1",
    production: { organizationalUnits: ["Workloads/Prod"] },
    permissionSets: {
      Admin: {
        description: "Everything, for those who need it",
        managedPolicies: ["AdministratorAccess"],
        relayState: "https://console.aws.amazon.com/iam/",
        tags: { team: "platform" },
      },
      Operator: {
        sessionDuration: "PT2H",
        managedPolicies: ["job-function/ViewOnlyAccess"],
        inlinePolicy: "policies/ops.json",
        permissionsBoundary: { managedPolicy: "PowerUserAccess" },
        exclusivePolicies: true,
      },
      Billing: {
        sessionDuration: "PT1H",
        managedPolicies: ["job-function/Billing"],
        exclusiveAssignments: true,
      },
    },
    assignments: [
      { groups: ["Admins"], permissionSets: ["Admin"], organizationalUnits: ["Root"] },
      {
        groups: ["Developers"],
        users: ["ada"],
        permissionSets: ["Operator"],
        organizationalUnits: ["Workloads/Dev"],
      },
      { groups: ["Auditors"], permissionSets: ["Billing"], accounts: ["Management"] },
    ],
  },
});
