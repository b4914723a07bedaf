import type { Account } from "@aws-sdk/client-organizations";
import { describe, expect, it } from "vitest";
import { accountStateOf } from "./collect-tree.ts";

describe("accountStateOf", () => {
  it.each<[Pick<Account, "State" | "Status">, string]>([
    [{ State: "ACTIVE", Status: "ACTIVE" }, "ACTIVE"],
    [{ State: "CLOSED", Status: "SUSPENDED" }, "CLOSED"],
    [{ State: "PENDING_ACTIVATION" }, "PENDING_ACTIVATION"],
    [{ Status: "SUSPENDED" }, "SUSPENDED"],
    [{ Status: "PENDING_CLOSURE" }, "PENDING_CLOSURE"],
    [{ State: "SOMETHING_NEW" as "ACTIVE" }, "PENDING_ACTIVATION"],
    [{}, "PENDING_ACTIVATION"],
  ])("of %j is %s", (account, state) => {
    expect(accountStateOf(account)).toBe(state);
  });
});
