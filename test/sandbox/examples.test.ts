import {
  DescribeOrganizationCommand,
  ListChildrenCommand,
  ListPoliciesCommand,
  ListRootsCommand,
  paginateListAccounts,
} from "@aws-sdk/client-organizations";
import { GetCallerIdentityCommand } from "@aws-sdk/client-sts";
import { describe, expect, test } from "vitest";
import { virtualClock } from "../../src/sandbox/virtual-clock.ts";
import { type ExampleName, examples, openExample } from "../../src/services/open-example.ts";
import { clientsOf } from "./sandbox-harness.ts";

const now = Date.UTC(2026, 5, 1);

async function accountsOf(name: ExampleName): Promise<
  readonly {
    Name?: string | undefined;
    JoinedMethod?: string | undefined;
    State?: string | undefined;
    JoinedTimestamp?: Date | undefined;
  }[]
> {
  const { organizations } = clientsOf(await openExample(name, { clock: virtualClock(now) }));
  const accounts = [];
  for await (const page of paginateListAccounts({ client: organizations }, {})) {
    accounts.push(...(page.Accounts ?? []));
  }
  return accounts;
}

describe("example organizations", () => {
  test.each(Object.keys(examples) as ExampleName[])(
    "%s lies in the past of its clock",
    async (name) => {
      const sandbox = await openExample(name, { clock: virtualClock(now) });
      expect(sandbox.clock.now()).toBe(now);
      expect(sandbox.calls).toEqual([]);
      const { organizations, sts } = clientsOf(sandbox);
      const { Organization } = await organizations.send(new DescribeOrganizationCommand({}));
      expect(Organization).toMatchObject({
        FeatureSet: "ALL",
        MasterAccountId: sandbox.managementAccount,
      });
      expect((await sts.send(new GetCallerIdentityCommand({}))).Account).toBe(
        sandbox.managementAccount,
      );
      for (const { JoinedTimestamp } of await accountsOf(name)) {
        expect(JoinedTimestamp?.getTime()).toBeLessThanOrEqual(now);
      }
    },
  );

  test("empty: the management account alone", async () => {
    expect(await accountsOf("empty")).toHaveLength(1);
  });

  test("small: five accounts beside the management account", async () => {
    expect(await accountsOf("small")).toHaveLength(6);
  });

  test("segment: dozens of accounts, some opened by hand, nearly all below the root", async () => {
    const sandbox = await openExample("segment", { clock: virtualClock(now) });
    const accounts = await accountsOf("segment");
    expect(accounts.length).toBeGreaterThan(36);
    expect(accounts.filter(({ JoinedMethod }) => JoinedMethod === "INVITED").length).toBe(6);
    expect(accounts.some(({ State }) => State !== "ACTIVE")).toBe(true);
    const { organizations } = clientsOf(sandbox);
    const { Roots } = await organizations.send(new ListRootsCommand({}));
    let below = 0;
    let NextToken: string | undefined;
    do {
      const page = await organizations.send(
        new ListChildrenCommand({
          ParentId: Roots?.[0]?.Id,
          ChildType: "ACCOUNT",
          ...(NextToken === undefined ? {} : { NextToken }),
        }),
      );
      below += page.Children?.length ?? 0;
      NextToken = page.NextToken;
    } while (NextToken !== undefined);
    expect(below).toBe(accounts.length - 1);
    const { Policies } = await organizations.send(
      new ListPoliciesCommand({ Filter: "SERVICE_CONTROL_POLICY" }),
    );
    expect(Policies?.filter(({ AwsManaged }) => !AwsManaged)).toHaveLength(2);
  });

  test("are the same each time they are opened", async () => {
    expect(await accountsOf("segment")).toEqual(await accountsOf("segment"));
  });
});
