import { fact, fail, pass, unknown } from "../../results.ts";
import type { AuditRule } from "../../rule.ts";

/** No invitation waits for an answer. */
export const pendingInvitations: AuditRule = {
  id: "organization/pending-invitations",
  title: "No invitation waits for an answer",
  severity: "low",
  why: "An invitation that nobody expected is an account that should not be there.",
  remedy: "Cancel it, or see that it is accepted.",
  compliance: { "nist-800-53-r5": ["AC-2", "CM-6"] },
  sources: ["https://docs.aws.amazon.com/organizations/latest/userguide/orgs_best-practices.html"],
  evaluate: (context) => {
    const { handshakes } = context.organization;
    if (handshakes === undefined) return [unknown(context.whyUnread("handshakes"))];
    const open = handshakes.filter(({ state }) => state === "OPEN" || state === "REQUESTED");
    if (open.length === 0) return [pass("No invitation is open.")];
    return open.map(({ id, action, state }) =>
      fail(`The handshake ${id} (${action}) is open.`, { resource: id }, fact("state", state)),
    );
  },
  breaks: {
    "organization/handshakes": [{ id: "h-example", action: "INVITE", state: "OPEN", parties: [] }],
  },
};
