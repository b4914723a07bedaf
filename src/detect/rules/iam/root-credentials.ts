import { call, callers, example } from "../../example/event.ts";
import { callerOf } from "../../principal.ts";
import { requestText } from "../../read-event.ts";
import { type DetectRule, events } from "../../rule.ts";

const verbs: Readonly<Record<string, readonly [string, string, string]>> = {
  CreateAccessKey: ["create", "created", "an access key"],
  UpdateAccessKey: ["change", "changed", "an access key"],
  CreateLoginProfile: ["create", "created", "a password"],
  DeactivateMFADevice: ["deactivate", "deactivated", "an MFA device"],
  CreateVirtualMFADevice: ["create", "created", "an MFA device"],
  EnableMFADevice: ["enable", "enabled", "an MFA device"],
  DeleteVirtualMFADevice: ["delete", "deleted", "an MFA device"],
};

/** The root user's keys, password or MFA change. */
export const rootCredentials: DetectRule = {
  id: "iam/root-credentials",
  title: "Credentials of the root user change",
  severity: "critical",
  why: "A key of the root user is a key to everything; without its MFA device its password is enough.",
  remedy:
    "Delete the key, put the MFA device back, and take root credentials of member accounts away.",
  sources: ["https://docs.aws.amazon.com/IAM/latest/UserGuide/root-user-best-practices.html"],
  events: events("iam", ...Object.keys(verbs)),
  counts: "success",
  evaluate: (event) => {
    const user = requestText(event, "userName");
    // The root user's own credentials are those that name no other user; where the account has an
    // alias, that is the root user's name.
    const isOwn =
      callerOf(event).isRoot &&
      (user === undefined || user === "root" || user === event.userIdentity?.userName);
    const isForRoot = event.eventName === "CreateLoginProfile" && user === undefined;
    if (!isOwn && !isForRoot) return undefined;
    const [infinitive, past, what] = verbs[event.eventName ?? ""] ?? ["change", "changed", ""];
    return { verb: [infinitive, past], object: `${what} for the root user` };
  },
  example: {
    hit: [
      call("iam", "CreateAccessKey", null, { userIdentity: callers.root }),
      call(
        "iam",
        "DeactivateMFADevice",
        { serialNumber: "arn:aws:iam::333333333333:mfa/root" },
        {
          userIdentity: callers.root,
        },
      ),
      call(
        "iam",
        "DeactivateMFADevice",
        { userName: "acme", serialNumber: "arn:aws:iam::333333333333:mfa/root" },
        { userIdentity: { ...callers.root, userName: "acme" } },
      ),
    ],
    pass: [
      call("iam", "EnableMFADevice", { userName: "dave" }, { userIdentity: callers.user }),
      call("iam", "DeleteAccessKey", { userName: example.root }, { userIdentity: callers.user }),
    ],
  },
};
