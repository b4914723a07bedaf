import { expect, test } from "vitest";
import type { OrganizationState, PolicyState } from "../core/snapshot.ts";
import { managementLevels, organizationLevels, organizationPath } from "./organization-levels.ts";

const allow =
  '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"*","Resource":"*"}]}';

function policy(id: string, more: Partial<PolicyState> = {}): PolicyState {
  return {
    id,
    arn: "",
    name: `name of ${id}`,
    description: "",
    type: "SERVICE_CONTROL_POLICY",
    awsManaged: false,
    content: allow,
    targets: [],
    ...more,
  };
}

function organization(
  policies: readonly PolicyState[] | undefined,
  types: readonly string[] = ["SERVICE_CONTROL_POLICY", "TAG_POLICY"],
): OrganizationState {
  const unit = (id: string, parentId: string) => ({ id, arn: "", name: `unit ${id}`, parentId });
  return {
    id: "o-1",
    arn: "",
    featureSet: "ALL",
    managementAccountId: "111111111111",
    managementAccountEmail: "",
    root: {
      id: "r-1",
      arn: "",
      name: "Root",
      policyTypes: types.map((type) => ({ type, status: "ENABLED" })),
    },
    organizationalUnits: [
      unit("ou-2", "ou-1"),
      unit("ou-1", "r-1"),
      unit("ou-8", "ou-9"),
      unit("ou-9", "ou-8"),
    ],
    accounts: [
      {
        id: "222222222222",
        arn: "",
        name: "shop",
        email: "",
        state: "ACTIVE",
        joinedMethod: "CREATED",
        joinedAt: "",
        parentId: "ou-2",
      },
    ],
    ...(policies === undefined ? {} : { policies }),
  };
}

test("the way to a target, root first; none for what hangs on nothing", () => {
  const ids = (target: string) => organizationPath(organization([]), target)?.map(({ id }) => id);
  expect(ids("222222222222")).toEqual(["r-1", "ou-1", "ou-2", "222222222222"]);
  expect(ids("ou-1")).toEqual(["r-1", "ou-1"]);
  expect(ids("r-1")).toEqual(["r-1"]);
  expect(ids("ou-8")).toBeUndefined();
  expect(ids("333333333333")).toBeUndefined();
});

test("policies stand at their levels, by name; other types and targets are left out", () => {
  const { isEnabled, levels, unread } = organizationLevels(
    organization([
      policy("p-1", { targets: ["r-1", "222222222222"] }),
      policy("p-2", { targets: ["ou-2"] }),
      policy("p-3", { targets: ["ou-3"] }),
      policy("p-4", { targets: ["r-1"], type: "RESOURCE_CONTROL_POLICY" }),
    ]),
    "222222222222",
    "SERVICE_CONTROL_POLICY",
  );
  expect({ isEnabled, unread }).toEqual({ isEnabled: true, unread: [] });
  expect(levels.map(({ id, policies }) => [id, policies.map(({ name }) => name)])).toEqual([
    ["r-1", ["name of p-1"]],
    ["ou-1", []],
    ["ou-2", ["name of p-2"]],
    ["222222222222", ["name of p-1"]],
  ]);
});

test("what was not read is named, where it may matter", () => {
  const without = (key: "content" | "targets", id: string, targets: string[]): PolicyState => {
    const { [key]: _, ...rest } = policy(id, { targets });
    return rest;
  };
  const unread = (policies: readonly PolicyState[] | undefined, types?: readonly string[]) =>
    organizationLevels(organization(policies, types), "222222222222", "SERVICE_CONTROL_POLICY")
      .unread;
  expect(unread([without("content", "p-1", ["ou-1"])])).toEqual(["policies/p-1/content"]);
  expect(unread([without("content", "p-1", ["ou-8"])])).toEqual([]);
  expect(unread([without("targets", "p-1", [])])).toEqual(["policies/p-1/targets"]);
  expect(unread([policy("p-1", { content: "{", targets: ["r-1"] })])).toEqual([
    "policies/p-1/content",
  ]);
  expect(unread(undefined)).toEqual(["policies"]);
  expect(unread(undefined, ["TAG_POLICY"])).toEqual([]);
});

test("management policies keep their content", () => {
  const content = '{"tags":{}}';
  const { levels } = managementLevels(
    organization([policy("p-1", { type: "TAG_POLICY", content, targets: ["ou-1"] })]),
    "ou-1",
    "TAG_POLICY",
  );
  expect(levels).toEqual([
    { id: "r-1", policies: [] },
    { id: "ou-1", policies: [{ id: "p-1", content }] },
  ]);
});
