import {
  CloudFormationClient,
  CreateStackCommand,
  DescribeStacksCommand,
} from "@aws-sdk/client-cloudformation";
import { EnableAWSServiceAccessCommand } from "@aws-sdk/client-organizations";
import { expect, test } from "vitest";
import { assume, type Keys, organized } from "./sandbox-harness.ts";

const principal = "member.org.stacksets.cloudformation.amazonaws.com";

/** Makes a stack of a patch policy with those parameters, and says how it went. */
async function attempt(parameters: Readonly<Record<string, string>>, options: Options = {}) {
  const { sandbox, clients, member, rootId } = await organized();
  if (options.trusted !== false) {
    await clients.organizations.send(
      new EnableAWSServiceAccessCommand({ ServicePrincipal: principal }),
    );
  }
  const credentials: Keys =
    options.asMember === true ? await assume(clients, member) : sandbox.credentials;
  const cloudformation = new CloudFormationClient({
    region: sandbox.homeRegion,
    credentials,
    requestHandler: sandbox.requestHandler(),
  });
  const Parameters = {
    PatchPolicyName: "weekly",
    SelectedPatchBaselines: "{}",
    TargetRegions: sandbox.homeRegion,
    ...parameters,
    TargetOrganizationalUnits: parameters.TargetOrganizationalUnits ?? rootId,
  };
  const StackName = "patches";
  const TemplateBody = JSON.stringify({
    Resources: {
      Policy: {
        Type: "AWS::SSMQuickSetup::ConfigurationManager",
        Properties: {
          Name: "weekly",
          ConfigurationDefinitions: [{ Type: "AWSQuickSetupType-PatchPolicy", Parameters }],
        },
      },
    },
  });
  await cloudformation.send(new CreateStackCommand({ StackName, TemplateBody }));
  sandbox.clock.advance(60_000);
  const { Stacks } = await cloudformation.send(new DescribeStacksCommand({ StackName }));
  return `${Stacks?.[0]?.StackStatus} ${Stacks?.[0]?.StackStatusReason ?? ""}`;
}

interface Options {
  readonly trusted?: boolean;
  readonly asMember?: boolean;
}

test.each<[string, Record<string, string>, Options, RegExp]>([
  ["of the organization", {}, {}, /^CREATE_COMPLETE/],
  ["of no name", { PatchPolicyName: "" }, {}, /Missing parameter PatchPolicyName/],
  ["of a unit that is not there", { TargetOrganizationalUnits: "ou-x" }, {}, /ou-x does not exist/],
  ["of an unknown operation", { ConfigurationOptionsPatchOperation: "Patch" }, {}, /one of Scan/],
  ["of an unknown parameter", { Reboot: "yes" }, {}, /Unknown parameter Reboot/],
  [
    "of an unknown baseline",
    { SelectedPatchBaselines: '{"WINDOWS":{"value":"pb-0"}}' },
    {},
    /pb-0/,
  ],
  ["of no JSON", { SelectedPatchBaselines: "{" }, {}, /not valid JSON/],
  ["without trusted access", {}, { trusted: false }, /Trusted access .* is not enabled/],
  ["of a member account", {}, { asMember: true }, /insufficient permissions/],
])("a patch policy %s", async (_, parameters, options, outcome) => {
  const said = await attempt(parameters, options);
  expect(said).toMatch(outcome);
  expect(said.startsWith("CREATE_COMPLETE")).toBe(outcome.source.startsWith("^CREATE"));
});
