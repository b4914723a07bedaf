import { expect, it } from "vitest";
import { services } from "../services/registry.ts";
import { writesWithoutBlock } from "./write-permissions.ts";

it("asks for the permission to enable Regions only with a block that names them", async () => {
  const account = await services.account?.();
  if (account === undefined) throw new Error("no such service");
  expect(account.permissions.write).toContain("account:EnableRegion");
  expect(writesWithoutBlock(account.permissions)).toEqual([
    "account:DeleteAlternateContact",
    "account:PutAlternateContact",
  ]);
  const organizations = await services.organizations?.();
  if (organizations === undefined) throw new Error("no such service");
  expect(writesWithoutBlock(organizations.permissions)).toEqual(organizations.permissions.write);
});
