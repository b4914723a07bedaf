import type { ServiceCoverage, Verdict } from "../../core/service-coverage.ts";
import { fact, remembering, verdict } from "../kit/coverage.ts";
import type { AccountBlockState } from "./block-state.ts";

const source = "account:GetAlternateContact";

/** Which accounts have a security contact, whom AWS writes to about abuse and compromise. */
export const accountCoverage: ServiceCoverage<AccountBlockState> = {
  cells: "account",
  read: ({ state }) => {
    const once = remembering<Verdict>();
    return {
      at: ({ id, alternateContacts }) => {
        const contact = state.contacts[id]?.SECURITY ?? alternateContacts?.SECURITY;
        if (contact === undefined) {
          return once("unread", () => ({
            state: "unknown",
            reason: "its contacts were not read",
            evidence: [],
            subject: "contacts",
          }));
        }
        return contact === null
          ? once("off", () =>
              verdict("off", "it has no security contact", fact("SECURITY", null, source)),
            )
          : once("on", () =>
              verdict("on", "it has a security contact", fact("SECURITY", "set", source)),
            );
      },
    };
  },
};
