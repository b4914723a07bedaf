import { expect, it } from "vitest";
import { bootstrapTemplate } from "../../src/engine/bootstrap-template.ts";
import { iamState } from "../../src/services/iam/sandbox/state.ts";
import { services as registry } from "../../src/services/registry.ts";
import { applyTo, connect } from "../engine/connect.ts";
import { managementId } from "../plan/builders.ts";
import { configure, contractSandbox, ids, planFor } from "./contract-world.ts";

it("the roles of bootstrap, deployed by a stack set, are all that is needed to enable services", async () => {
  const services = await Promise.all(Object.values(registry).map((load) => load()));
  const template = bootstrapTemplate({
    services,
    managementAccountId: managementId,
    readRole: "OrgrailRead",
    writeRole: "OrgrailWrite",
    principals: [],
    writePrincipals: [],
  });
  const roles = await configure("cloudformation", {
    block: {
      stackSets: [
        {
          name: "orgrail-roles",
          template: "orgrail-roles.json",
          regions: ["us-east-1"],
          organizationalUnits: ["Root"],
          capabilities: ["CAPABILITY_NAMED_IAM"],
        },
      ],
    },
    files: { "orgrail-roles.json": JSON.stringify(template) },
  });
  const sandbox = contractSandbox();
  const { outcomes } = await applyTo(sandbox, await planFor(sandbox, roles));
  expect(outcomes.filter(({ status }) => status !== "done").map(({ message }) => message)).toEqual(
    [],
  );

  // From here on AWS's own role is gone: what is missing from ours would be denied.
  for (const [name, id] of Object.entries(ids)) {
    if (name !== "Gone" && id !== managementId) {
      iamState(sandbox.world, id).roles.delete("OrganizationAccountAccessRole");
    }
  }
  const wanted = await configure("guardduty", {
    block: { delegatedAdministrator: "Audit", features: { S3_DATA_EVENTS: "ALL" } },
    others: {
      "access-analyzer": { delegatedAdministrator: "Audit", externalAccess: {} },
      securityhub: { delegatedAdministrator: "Audit", policies: [] },
      inspector2: { delegatedAdministrator: "Audit" },
      macie2: { delegatedAdministrator: "Audit" },
      detective: { delegatedAdministrator: "Audit" },
      iam: { passwordPolicy: { minimumLength: 16 } },
    },
  });
  const reader = connect(sandbox, { memberRole: "OrgrailRead" });
  const plan = await planFor(sandbox, wanted, reader);
  expect(plan.gaps).toEqual([]);
  const applied = await applyTo(sandbox, plan, {
    aws: connect(sandbox, { memberRole: "OrgrailWrite" }),
  });
  const bad = applied.outcomes.filter(({ status }) => status !== "done" && status !== "already");
  expect(bad.map(({ change, message }) => [change.id, message])).toEqual([]);
  await sandbox.clock.sleep(3_600_000);
  const again = await planFor(sandbox, wanted, reader);
  expect(again.changes.map(({ id }) => id)).toEqual([]);
});
