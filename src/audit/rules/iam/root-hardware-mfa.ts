import { cis } from "../../controls.ts";
import { at, flagAt, objectAt, textsAt } from "../../read-state.ts";
import { fact, unknown, verdict } from "../../results.ts";
import type { AuditResult, AuditRule } from "../../rule.ts";

/** Root users have no password, or a second factor of hardware. */
export const rootHardwareMfa: AuditRule = {
  id: "iam/root-hardware-mfa",
  title: "Root users have no password, or a second factor of hardware",
  severity: "medium",
  why: "A second factor on a telephone can be copied and lost with it. Whose root user has no password needs none at all.",
  remedy:
    "Remove the credentials of members' root users centrally; give the management account's a security key.",
  config: "services:\n  iam: { rootCredentials: { remove: { accounts: [Shop] } } }",
  compliance: { ...cis("1.6", "1.6", "1.5", "2.5", "2.6"), fsbp: ["IAM.6"] },
  sources: [
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/enable-hw-mfa-for-root.html",
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/id_root-user.html",
  ],
  evaluate: (context) => {
    const state = context.service("iam");
    if (state === undefined || context.active.length === 0) {
      return [unknown(context.whyUnread("services/iam/rootSummaries"))];
    }
    return context.active.map(({ id }): AuditResult => {
      const place = { account: id };
      const name = context.named(id);
      const summary = objectAt(state, "rootSummaries", id);
      const credentials = objectAt(state, "rootCredentials", id);
      const password = flagAt(credentials, "password") ?? flagAt(summary, "password");
      const devices = textsAt(credentials, "mfaDevices");
      const words = {
        pass: `The root user of ${name} has no password, or a second factor of hardware.`,
        fail: `The root user of ${name} has a password and no second factor of hardware.`,
      };
      if (password === false) {
        const evidence = fact("password", false, "iam:GetAccountSummary");
        return verdict(true, words, place, evidence);
      }
      if (devices !== undefined && password === true) {
        // AWS names virtual devices by ARNs of this form, and hardware by serial numbers or U2F.
        const hardware = devices.filter((device) => !device.includes(":mfa/"));
        const evidence = fact("second factors", devices, "iam:ListMFADevices");
        return verdict(hardware.length > 0, words, place, evidence);
      }
      if (password === true && flagAt(summary, "mfa") === false) {
        const evidence = fact("AccountMFAEnabled", false, "iam:GetAccountSummary");
        return verdict(false, words, place, evidence);
      }
      if (password === true && flagAt(summary, "mfa") === true) {
        return unknown(`the summary of ${name} does not say of which kind its device is`, place);
      }
      const subject =
        at(state, "rootSummaries") === undefined ? "rootCredentials" : "rootSummaries";
      return unknown(context.whyUnread(`services/iam/${subject}/${id}`), place);
    });
  },
  breaks: {
    "services/iam/rootCredentials/444444444444": {
      password: true,
      accessKeys: [],
      certificates: [],
      mfaDevices: ["arn:aws:iam::444444444444:mfa/root-account-mfa-device"],
    },
  },
};
