import { call, callers } from "../../example/event.ts";
import { callerOf } from "../../principal.ts";
import { requestText } from "../../read-event.ts";
import { type DetectRule, events } from "../../rule.ts";

const verbs: Readonly<Record<string, readonly [string, string, string]>> = {
  CreateUser: ["create", "created", "the IAM user"],
  CreateAccessKey: ["create", "created", "an access key for"],
  CreateLoginProfile: ["create", "created", "a password for"],
  UpdateLoginProfile: ["change", "changed", "the password of"],
};

/** An IAM user is made, or given credentials by somebody else. */
export const userCredentials: DetectRule = {
  id: "iam/user-credentials",
  title: "An IAM user or long-lived credentials are made",
  severity: "medium",
  why: "Where people come by IAM Identity Center, a new user or a key for somebody else is unusual: it is how an intruder stays.",
  remedy: "Delete the user or key; give access by IAM Identity Center or a role.",
  sources: ["https://docs.aws.amazon.com/IAM/latest/UserGuide/best-practices.html"],
  events: events("iam", ...Object.keys(verbs)),
  counts: "success",
  evaluate: (event) => {
    const user = requestText(event, "userName");
    // A user who renews the own key names no user, or the own name.
    if (user === undefined || user === event.userIdentity?.userName) return undefined;
    if (callerOf(event).isRoot && user === "root") return undefined;
    const [infinitive, past, what] = verbs[event.eventName ?? ""] ?? ["change", "changed", ""];
    return { verb: [infinitive, past], object: `${what} \`${user}\``, resource: user };
  },
  example: {
    hit: [
      call("iam", "CreateUser", { userName: "backdoor" }),
      call("iam", "CreateAccessKey", { userName: "backdoor" }, { userIdentity: callers.user }),
    ],
    pass: [
      call("iam", "CreateAccessKey", { userName: "dave" }, { userIdentity: callers.user }),
      call("iam", "CreateAccessKey", null, { userIdentity: callers.user }),
    ],
  },
};
