import {
  EnableAWSServiceAccessCommand,
  EnablePolicyTypeCommand,
  RegisterDelegatedAdministratorCommand,
} from "@aws-sdk/client-organizations";
import {
  createAccount,
  createOrganization,
  createPolicy,
  createUnit,
  type Example,
  moveAccount,
  pass,
  tag,
} from "./example.ts";

/** A tidy organization: three organizational units, five accounts, one policy of its own. */
export const small: Example = {
  title: "five accounts in three organizational units, kept in order",
  historyDays: 90,
  build: async (site) => {
    const root = await createOrganization(site);
    const { client } = site;
    await client.send(
      new EnablePolicyTypeCommand({ RootId: root, PolicyType: "SERVICE_CONTROL_POLICY" }),
    );
    const security = await createUnit(site, root, "Security");
    const workloads = await createUnit(site, root, "Workloads");
    const sandbox = await createUnit(site, root, "Sandbox");
    const accounts = [
      ["Log Archive", "log-archive@example.com", security],
      ["Audit", "audit@example.com", security],
      ["Production", "production@example.com", workloads],
      ["Development", "development@example.com", workloads],
    ] as const;
    const ids = new Map<string, string>();
    for (const [name, email, unit] of accounts) {
      pass(site, 2);
      const id = await createAccount(site, name, email);
      await moveAccount(site, id, root, unit);
      await tag(site, id, { environment: name.toLowerCase().replaceAll(" ", "-") });
      ids.set(name, id);
    }
    await moveAccount(
      site,
      await createAccount(site, "Playground", "playground@example.com"),
      root,
      sandbox,
    );
    await createPolicy(
      site,
      {
        name: "DenyLeavingOrganization",
        type: "SERVICE_CONTROL_POLICY",
        description: "No account leaves the organization",
      },
      {
        Version: "2012-10-17",
        Statement: [
          {
            Sid: "DenyLeavingOrganization",
            Effect: "Deny",
            Action: "organizations:LeaveOrganization",
            Resource: "*",
          },
        ],
      },
      [root],
    );
    for (const principal of ["account.amazonaws.com", "cloudtrail.amazonaws.com"]) {
      await client.send(new EnableAWSServiceAccessCommand({ ServicePrincipal: principal }));
    }
    await client.send(
      new RegisterDelegatedAdministratorCommand({
        AccountId: ids.get("Audit"),
        ServicePrincipal: "cloudtrail.amazonaws.com",
      }),
    );
  },
};
