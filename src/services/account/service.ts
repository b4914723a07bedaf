import { alternateContactTypes } from "../../core/snapshot.ts";
import type { Service } from "../service.ts";
import { contactChanges } from "./apply.ts";
import { readContact } from "./contacts.ts";

/** AWS Account Management: alternate contacts, and which Regions an account may use. */
export const account: Service = {
  id: "account",
  title: "AWS Account Management",
  permissions: {
    read: ["account:GetAlternateContact", "account:ListRegions"],
    write: ["account:DeleteAlternateContact", "account:PutAlternateContact"],
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
  changes: contactChanges,
};
