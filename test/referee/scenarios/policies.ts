import {
  AttachPolicyCommand,
  CreatePolicyCommand,
  DeletePolicyCommand,
  DescribePolicyCommand,
  DetachPolicyCommand,
  DisablePolicyTypeCommand,
  EnablePolicyTypeCommand,
  ListPoliciesCommand,
  ListPoliciesForTargetCommand,
  ListRootsCommand,
  ListTargetsForPolicyCommand,
  UpdatePolicyCommand,
} from "@aws-sdk/client-organizations";
import { errorName, need, type Scenario } from "./scenario.ts";
import { createAccount, createOrganization, createUnit } from "./tree.ts";

const denyLeave = JSON.stringify({
  Version: "2012-10-17",
  Statement: [{ Effect: "Deny", Action: "organizations:LeaveOrganization", Resource: "*" }],
});

const lifeCycle: Scenario = {
  name: "service control policies: create, describe, update, attach, detach, delete",
  run: async (aws) => {
    const { organizations } = aws;
    const root = await createOrganization(aws);
    await organizations.send(
      new EnablePolicyTypeCommand({ RootId: root, PolicyType: "SERVICE_CONTROL_POLICY" }),
    );
    const unit = await createUnit(aws, root, "Prod");
    const account = await createAccount(aws, "app", "app@example.com");
    const create = new CreatePolicyCommand({
      Name: "DenyLeave",
      Description: "no leaving",
      Type: "SERVICE_CONTROL_POLICY",
      Content: denyLeave,
    });
    const { Policy } = await organizations.send(create);
    const id = need(Policy?.PolicySummary?.Id);
    const duplicate = await errorName(organizations.send(create));
    await organizations.send(new AttachPolicyCommand({ PolicyId: id, TargetId: unit }));
    await organizations.send(new AttachPolicyCommand({ PolicyId: id, TargetId: account }));
    const inUse = await errorName(organizations.send(new DeletePolicyCommand({ PolicyId: id })));
    const targets = await organizations.send(new ListTargetsForPolicyCommand({ PolicyId: id }));
    const forUnit = await organizations.send(
      new ListPoliciesForTargetCommand({ TargetId: unit, Filter: "SERVICE_CONTROL_POLICY" }),
    );
    await organizations.send(new UpdatePolicyCommand({ PolicyId: id, Name: "StayHere" }));
    const described = await organizations.send(new DescribePolicyCommand({ PolicyId: id }));
    for (const target of [unit, account]) {
      await organizations.send(new DetachPolicyCommand({ PolicyId: id, TargetId: target }));
    }
    await organizations.send(new DeletePolicyCommand({ PolicyId: id }));
    const listed = await organizations.send(
      new ListPoliciesCommand({ Filter: "SERVICE_CONTROL_POLICY" }),
    );
    return {
      duplicate,
      inUse,
      targets: targets.Targets?.map(({ Name, Type }) => ({ Name, Type })).sort((a, b) =>
        (a.Name ?? "").localeCompare(b.Name ?? ""),
      ),
      forUnit: forUnit.Policies?.map(({ Name, AwsManaged }) => ({ Name, AwsManaged })).sort(
        (a, b) => (a.Name ?? "").localeCompare(b.Name ?? ""),
      ),
      described: {
        name: described.Policy?.PolicySummary?.Name,
        description: described.Policy?.PolicySummary?.Description,
        content: JSON.parse(described.Policy?.Content ?? "null"),
      },
      left: listed.Policies?.map(({ Name, Id, AwsManaged }) => ({ Name, Id, AwsManaged })),
      gone: await errorName(organizations.send(new DescribePolicyCommand({ PolicyId: id }))),
    };
  },
};

const policyTypes: Scenario = {
  name: "policy types: enable, enable again, list, disable",
  run: async (aws) => {
    const { organizations } = aws;
    const root = await createOrganization(aws);
    const enable = new EnablePolicyTypeCommand({ RootId: root, PolicyType: "TAG_POLICY" });
    await organizations.send(enable);
    const again = await errorName(organizations.send(enable));
    const { Roots = [] } = await organizations.send(new ListRootsCommand({}));
    const enabled = Roots[0]?.PolicyTypes?.filter(({ Type }) => Type === "TAG_POLICY");
    await organizations.send(
      new DisablePolicyTypeCommand({ RootId: root, PolicyType: "TAG_POLICY" }),
    );
    const after = await organizations.send(new ListRootsCommand({}));
    return {
      again,
      enabled,
      after: after.Roots?.[0]?.PolicyTypes?.filter(({ Type }) => Type === "TAG_POLICY"),
    };
  },
};

/** Scenarios of policies and policy types. */
export const policyScenarios: readonly Scenario[] = [lifeCycle, policyTypes];
