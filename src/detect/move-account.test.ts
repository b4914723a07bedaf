import { describe, expect, test } from "vitest";
import { createDetector } from "./create-detector.ts";
import { example, organizationCall } from "./example/event.ts";
import { exampleSnapshot } from "./example/facts.ts";
import { detectFacts } from "./facts.ts";
import { moveAccount } from "./rules/organizations/move-account.ts";

/** The finding of a move between two units that allow these actions and deny nothing. */
function moved(from: readonly string[], to: readonly string[]) {
  const { organization } = exampleSnapshot;
  const [all, ...others] = organization.policies ?? [];
  if (all === undefined) throw new Error("the example has no policies");
  const allowing = (id: string, target: string, Action: readonly string[]) => ({
    ...all,
    id,
    name: id,
    content: JSON.stringify({
      Version: "2012-10-17",
      Statement: [{ Effect: "Allow", Action, Resource: "*" }],
    }),
    targets: [target],
  });
  const policies = [
    { ...all, targets: [example.root, example.payments] },
    allowing("p-from0001", example.workloads, from),
    allowing("p-to000001", example.quarantine, to),
    ...others.map((one) => ({ ...one, targets: [example.security] })),
  ];
  const facts = detectFacts({
    snapshot: { ...exampleSnapshot, organization: { ...organization, policies } },
  });
  return createDetector({ rules: [moveAccount], facts }).accept(
    organizationCall("MoveAccount", {
      accountId: example.payments,
      sourceParentId: example.workloads,
      destinationParentId: example.quarantine,
    }),
  )[0];
}

describe("an account that is moved from under an allow list", () => {
  test.each([
    ["to the same", ["s3:*", "ec2:*"], ["ec2:*", "s3:*"]],
    ["to a narrower one", ["s3:*", "ec2:*"], ["s3:Get*"]],
    ["from everything to one", ["*"], ["s3:*"]],
  ])("%s loses nothing", (_, from, to) => {
    const finding = moved(from, to);
    expect(finding?.severity).toBe("medium");
    expect(finding?.message).toContain("Its new place denies all that the old one denied");
  });

  test.each([
    ["to a wider one", ["s3:*"], ["s3:*", "iam:*"], "has a wider allow list above it"],
    ["to everything", ["s3:*"], ["*"], "no longer has an allow list above it"],
  ])("%s is critical", (_, from, to, words) => {
    const finding = moved(from, to);
    expect(finding?.severity).toBe("critical");
    expect(finding?.message).toContain(words);
  });
});
