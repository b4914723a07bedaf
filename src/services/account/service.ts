import { alternateContactTypes } from "../../core/snapshot.ts";
import { accountManagementFacts } from "../../data/account-management.ts";
import { tamperActions } from "../../data/tamper-actions.ts";
import type { SecurityService } from "../security-service.ts";
import { contactChanges } from "./apply.ts";
import { regionChanges } from "./apply-regions.ts";
import type { AccountBlockState } from "./block-state.ts";
import { checkAccountBlock } from "./check.ts";
import { collectAccountBlock } from "./collect-block.ts";
import { readContact } from "./contacts.ts";
import { accountCoverage } from "./coverage.ts";
import { accountPlanner } from "./plan.ts";
import { type AccountBlock, accountBlockSchema } from "./schema.ts";

const { principal, regions } = accountManagementFacts;

/** AWS Account Management: alternate contacts, and which Regions an account may use. */
export const account: SecurityService<AccountBlock, AccountBlockState> = {
  id: accountPlanner.id,
  title: accountPlanner.title,
  layers: ["organization", "account"],
  scope: "global",
  principals: { trustedAccess: [principal], delegatedAdministrator: [principal], byOwnApi: false },
  regions: regions.names,
  tamperActions: tamperActions.services["account-management"]?.actions ?? [],
  schema: accountBlockSchema,
  check: checkAccountBlock,
  planner: accountPlanner,
  coverage: accountCoverage,
  collect: collectAccountBlock,
  permissions: {
    read: ["account:GetAlternateContact", "account:GetRegionOptStatus", "account:ListRegions"],
    write: [
      "account:DeleteAlternateContact",
      "account:DisableRegion",
      "account:EnableRegion",
      "account:PutAlternateContact",
    ],
    // Contacts are members of the file's accounts, too; Regions of the block alone.
    writeForBlock: ["account:DisableRegion", "account:EnableRegion"],
  },
  probes: [
    {
      permission: "account:GetAlternateContact",
      purpose: "alternate contacts of accounts",
      try: async ({ aws, signal }) => {
        const caller = await aws.caller(signal);
        const target = { account: caller.account, callerAccount: caller.account };
        const how = signal === undefined ? {} : { signal };
        await readContact(aws, target, alternateContactTypes[0], how);
      },
    },
    {
      permission: "account:ListRegions",
      purpose: "Regions that accounts have enabled",
      try: async ({ aws, signal }) => {
        await aws.call("account", "ListRegions", {}, signal === undefined ? {} : { signal });
      },
    },
  ],
  changes: { ...contactChanges, ...regionChanges },
};
