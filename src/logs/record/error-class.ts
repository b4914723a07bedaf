import { parseDenial } from "../../aws/parse-denial.ts";

/**
 * How a request ended: `none` is without an error; a denial names the kind of policy where the
 * message does.
 */
export const errorClasses = ["none", "denied", "denied-by-scp", "denied-by-rcp", "other"] as const;

/** How a request ended. */
export type ErrorClass = (typeof errorClasses)[number];

/** As impact and its SQL sort errors: a question has one answer, whoever is asked. */
const denial =
  /AccessDenied|Unauthorized|NotAuthorized|^(?:Client\.|Server\.)?(?:Forbidden|AuthorizationError)(?:Exception)?$/i;

/**
 * Sorts the error of an event.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot_access-denied.html
 */
export function classifyError(code: string | undefined, message: string | undefined): ErrorClass {
  if (code === undefined || code === "") return "none";
  if (!denial.test(code)) return "other";
  const by = message === undefined ? undefined : parseDenial(message).deniedBy;
  if (by?.includes("service control policy") === true) return "denied-by-scp";
  if (by?.includes("resource control policy") === true) return "denied-by-rcp";
  return "denied";
}
