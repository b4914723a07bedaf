import { describe, expect, it } from "vitest";
import { parseDenial } from "./parse-denial.ts";

const user = "User: arn:aws:sts::111122223333:assumed-role/Admin/me is not authorized to perform:";

describe("parseDenial", () => {
  it.each([
    [
      `${user} organizations:ListRoots on resource: * with an explicit deny in a service control policy`,
      {
        action: "organizations:ListRoots",
        resource: "*",
        deniedBy: "a service control policy",
        explicit: true,
      },
    ],
    [
      `${user} iam:ListRoles on resource: * with an explicit deny in a service control policy: arn:aws:organizations::987654321098:policy/o-qv5af4abcd/service_control_policy/p-2kgnabcd`,
      {
        action: "iam:ListRoles",
        resource: "*",
        deniedBy: "a service control policy",
        explicit: true,
        policyArn:
          "arn:aws:organizations::987654321098:policy/o-qv5af4abcd/service_control_policy/p-2kgnabcd",
      },
    ],
    [
      `${user} organizations:MoveAccount on resource: arn:aws:organizations::111122223333:account/o-abc/1 because no identity-based policy allows the organizations:MoveAccount action`,
      {
        action: "organizations:MoveAccount",
        resource: "arn:aws:organizations::111122223333:account/o-abc/1",
        deniedBy: "no identity-based policy",
        explicit: false,
      },
    ],
    [
      `${user} sts:AssumeRole on resource: arn:aws:iam::1:role/X with an explicit deny in a permissions boundary`,
      {
        action: "sts:AssumeRole",
        resource: "arn:aws:iam::1:role/X",
        deniedBy: "a permissions boundary",
        explicit: true,
      },
    ],
    ["You don't have permissions to access this resource.", {}],
    ["", {}],
  ])("reads %s", (message, expected) => {
    expect(parseDenial(message)).toEqual(expected);
  });
});
