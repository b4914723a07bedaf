import { expect, test } from "vitest";
import type { Snapshot } from "../../core/snapshot.ts";
import { auditContext } from "../context.ts";
import { changedSnapshot } from "../example/snapshot.ts";
import { recorder } from "../rules/config/recorder.ts";

const regions = ["ap-south-1", "eu-central-1", "eu-west-1", "us-east-1"];
const base = changedSnapshot({ "services/config/places": {} });
const [first, second] = base.organization.accounts.filter(({ state }) => state === "ACTIVE");
if (first === undefined || second === undefined) throw new Error("the example has two accounts");

const place = (account: string, region: string): object => ({
  [`${account}/${region}`]: { account, region, recorder: {}, recording: true, channel: {} },
});

/** What the rule says of the two accounts, when one Region of the second was looked at. */
function results(gaps: Snapshot["gaps"]): readonly string[] {
  const places = place(second?.id ?? "", "eu-central-1") as Record<string, never>;
  const snapshot = changedSnapshot({ "services/config/places": places });
  const all = recorder.evaluate(
    auditContext({
      ...snapshot,
      services: { ...snapshot.services, config: { places } },
      scope: { tier: "full", homeRegion: "us-east-1", regions },
      gaps,
    }),
  );
  return all
    .filter(({ account }) => account === first?.id || account === second?.id)
    .map(({ status, account, region, message }) => `${status} ${account} ${region} ${message}`);
}

test("Regions that nobody looked at are one result an account", () => {
  expect(results([])).toEqual([
    `unknown ${first.id} undefined Not known: nobody looked at AWS Config of ${first.name} (${first.id}) in 4 Regions (${regions.join(", ")}).`,
    `pass ${second.id} eu-central-1 The recorder of ${second.name} (${second.id}) in eu-central-1 records.`,
    `unknown ${second.id} undefined Not known: nobody looked at AWS Config of ${second.name} (${second.id}) in 3 Regions (ap-south-1, eu-west-1, us-east-1).`,
  ]);
});

test("Regions that did not answer are told apart, each with its reason", () => {
  const gap = (region: string): Snapshot["gaps"][number] => ({
    kind: "access-denied",
    operation: "config:DescribeConfigurationRecorders",
    subject: `services/config/places/${first.id}/${region}`,
    message: "a policy forbids it",
  });
  const said = results([gap("eu-west-1")]).filter((line) => line.includes(first.id));
  expect(said).toHaveLength(2);
  expect(said.join("\n")).toContain("in 3 Regions (ap-south-1, eu-central-1, us-east-1)");
  expect(said.join("\n")).toContain(
    `unknown ${first.id} eu-west-1 Not known: config:DescribeConfigurationRecorders gave no answer (access-denied: a policy forbids it).`,
  );
});
