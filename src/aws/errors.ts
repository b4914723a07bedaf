import type { ExitCodeName } from "../core/app-error.ts";
import { AwsError, type AwsErrorDetails, type AwsErrorKind, type CallSite } from "./aws-error.ts";
import { absentNames, expiredNames, isLimit, kindOfName } from "./error-codes.ts";
import { parseDenial } from "./parse-denial.ts";

/**
 * Translates whatever an SDK client threw. This is the only place that knows the SDK's errors: all
 * else speaks of {@link AwsError}.
 *
 * Codes: ORGRAIL4001 no credentials, 4002 expired, 4003 not valid, 4004 denied, 4005 no
 * organization, 4006 throttled, 4007 server or network, 4008 unreadable answer, 4009 refused,
 * 4010 conflict, 4011 Region disabled, 4012 unsupported operation, 4013 interrupted.
 */
export function translateError(error: unknown, site: CallSite, signal?: AbortSignal): AwsError {
  if (error instanceof AwsError) return error;
  const details = readDetails(error, site, signal);
  const { code, exit, hint } = advice(details);
  return new AwsError(code, sentence(details), details, {
    cause: error,
    ...(exit === undefined ? {} : { exit }),
    ...(hint === undefined ? {} : { hint }),
  });
}

/** `organizations:ListRoots in account 111122223333 (Audit), eu-west-1`. */
export function describeSite(site: CallSite): string {
  const name = site.accountName === undefined ? "" : ` (${site.accountName})`;
  const account = site.account === undefined ? "" : ` in account ${site.account}${name}`;
  const region = site.region === undefined ? "" : `, ${site.region}`;
  return `${site.service}:${site.operation}${account}${region}`;
}

function readDetails(error: unknown, site: CallSite, signal?: AbortSignal): AwsErrorDetails {
  const raw = isRecord(error) ? error : {};
  const metadata = isRecord(raw.$metadata) ? raw.$metadata : {};
  const name = text(raw.name) ?? "Error";
  const nodeCode = text(raw.code) ?? text(raw.Code);
  const said = text(raw.message) ?? String(error);
  const httpStatus = typeof metadata.httpStatusCode === "number" ? metadata.httpStatusCode : 0;
  const requestId = text(metadata.requestId);
  const reason = text(raw.Reason);
  const fault = text(raw.$fault);
  const kind = kindOf({ name, nodeCode, httpStatus, fault, said, reason, signal });
  const denial = kind === "access-denied" ? parseDenial(said) : {};
  return {
    kind,
    site,
    said:
      kind === "unreadable"
        ? `the answer (status ${httpStatus || "unknown"}) is no JSON or XML of the API`
        : name === nameless
          ? `status ${httpStatus || "unknown"} without a reason`
          : (said.split("\n")[0] ?? said),
    ...(["Error", nameless].includes(name) || kind === "unreadable" ? {} : { awsCode: name }),
    ...(reason === undefined ? {} : { reason }),
    ...(httpStatus === 0 ? {} : { httpStatus }),
    ...(requestId === undefined ? {} : { requestId }),
    ...(kind === "access-denied"
      ? { missingPermission: denial.action ?? `${site.service}:${site.operation}` }
      : {}),
    ...(denial.deniedBy === undefined ? {} : { deniedBy: denial.deniedBy }),
    ...(denial.policyArn === undefined ? {} : { deniedByPolicy: denial.policyArn }),
  };
}

/** The name that the SDK gives an error whose answer names none. */
const nameless = "Unknown";

interface Signs {
  readonly name: string;
  readonly nodeCode: string | undefined;
  readonly httpStatus: number;
  readonly fault: string | undefined;
  readonly said: string;
  readonly reason: string | undefined;
  readonly signal: AbortSignal | undefined;
}

function kindOf(signs: Signs): AwsErrorKind {
  const { name, nodeCode, httpStatus, fault, said, reason, signal } = signs;
  if (signal?.aborted || name === "AbortError") return "interrupted";
  if (fault !== undefined || httpStatus < 500) {
    const named = kindOfName(name) ?? (nodeCode === undefined ? undefined : kindOfName(nodeCode));
    if (named !== undefined) return named;
  }
  // An answer whose body is not the protocol's: the SDK throws its parser's own error.
  if (nodeCode?.startsWith("HPE_") === true) return "unreadable";
  if (name === nameless && httpStatus !== 429) return "unreadable";
  if (name === "SyntaxError" || (fault === undefined && said.includes("Deserialization error"))) {
    return httpStatus === 429 ? "throttled" : "unreadable";
  }
  if (httpStatus < 500 && httpStatus >= 400 && isLimit({ name, reason, said })) return "refused";
  if (httpStatus === 429) return "throttled";
  if (httpStatus >= 500) return kindOfName(name) ?? "server";
  if (httpStatus >= 400 || fault === "client") return "refused";
  if (/socket hang up|network|timed? ?out/i.test(said)) return "network";
  return fault === undefined && httpStatus > 0 ? "unreadable" : "refused";
}

interface Advice {
  readonly code: string;
  readonly exit?: ExitCodeName;
  readonly hint?: string;
}

function advice(details: AwsErrorDetails): Advice {
  const { kind, awsCode = "", site, missingPermission, deniedBy } = details;
  switch (kind) {
    case "credentials":
      return credentialAdvice(awsCode, details.said);
    case "access-denied":
      return {
        code: "ORGRAIL4004",
        exit: "credentials",
        hint:
          deniedBy === undefined || deniedBy.startsWith("no ")
            ? `allow \`${missingPermission}\` to the caller; \`orgrail doctor\` lists what is missing`
            : `${denier(details)} denies \`${missingPermission}\` to the caller: it must be changed, or another principal used${whichPolicy(details)}`,
      };
    case "not-enrolled":
      return {
        code: "ORGRAIL4005",
        exit: "credentials",
        hint: "use credentials of the organization's management account, or create the organization first",
      };
    case "throttled":
      return {
        code: "ORGRAIL4006",
        hint: `other callers use up the rate of \`${site.operation}\` in this account; try again when they are done`,
      };
    case "server":
      return { code: "ORGRAIL4007", hint: "AWS failed to answer; try again later" };
    case "network":
      return {
        code: "ORGRAIL4007",
        hint: "check the network, the proxy, and the endpoint when one is set",
      };
    case "unreadable":
      return {
        code: "ORGRAIL4008",
        hint: "is the endpoint that of AWS, and is there a proxy that answers in its place?",
      };
    case "refused":
      return { code: "ORGRAIL4009", hint: remedy(details) };
    case "conflict":
      return {
        code: "ORGRAIL4010",
        hint:
          awsCode === "FinalizingOrganizationException"
            ? "AWS still sets the organization up; this can take an hour"
            : "somebody else changes the organization at the same time; try again when they are done",
      };
    case "region-disabled":
      return { code: "ORGRAIL4011", hint: `enable the Region ${site.region ?? ""} in the account` };
    case "unsupported":
      return { code: "ORGRAIL4012", hint: "the endpoint does not serve this operation" };
    case "interrupted":
      return { code: "ORGRAIL4013", exit: "interrupted" };
    default: {
      const never: never = kind;
      throw new Error(`impossible kind ${never}`);
    }
  }
}

/** `a service control policy, p-examplepolicyid,` when AWS names it. */
function denier({ deniedBy = "", deniedByPolicy }: AwsErrorDetails): string {
  if (deniedByPolicy === undefined) return deniedBy;
  return `${deniedBy}, \`${deniedByPolicy.split("/").at(-1)}\`,`;
}

function whichPolicy({
  deniedBy = "",
  deniedByPolicy,
  missingPermission,
}: AwsErrorDetails): string {
  if (deniedByPolicy !== undefined || !/(service|resource) control policy$/.test(deniedBy))
    return "";
  return `; \`orgrail can PRINCIPAL ${missingPermission} --live\` says which policy it is`;
}

/** What helps against a refusal, by what AWS gives for its reason. */
function remedy({ awsCode = "", reason, said, site }: AwsErrorDetails): string {
  if (isLimit({ name: awsCode, reason, said })) {
    return `ask for a higher limit in Service Quotas${place(site)}, or remove what is no longer needed there; then apply again`;
  }
  if (/conflict|in_?progress|InUse/i.test(awsCode)) {
    return "something else is under way there, or stands against it: when that is over, apply again";
  }
  return "mend what AWS names, then plan and apply again for what is left";
}

function place({ account, region }: CallSite): string {
  const where = [account === undefined ? "" : `account ${account}`, region ?? ""];
  const known = where.filter((one) => one !== "").join(", ");
  return known === "" ? "" : ` for ${known}`;
}

function credentialAdvice(awsCode: string, said: string): Advice {
  if (absentNames.has(awsCode)) {
    const expired = /expired|refresh/i.test(said);
    return {
      code: expired ? "ORGRAIL4002" : "ORGRAIL4001",
      exit: "credentials",
      hint: expired
        ? "log in again: `aws sso login`, with `--profile` when you use one"
        : "name a profile with `--profile`, or set AWS_PROFILE, or AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY",
    };
  }
  if (expiredNames.has(awsCode) || /expired/i.test(said)) {
    return {
      code: "ORGRAIL4002",
      exit: "credentials",
      hint: "get new credentials, for instance with `aws sso login`",
    };
  }
  return {
    code: "ORGRAIL4003",
    exit: "credentials",
    hint:
      awsCode === "RequestTimeTooSkewed" || /signature not yet current|skew/i.test(said)
        ? "this machine's clock differs from AWS's; set it right"
        : "the access key is not valid at this endpoint: check profile, partition and AWS_ENDPOINT_URL",
  };
}

function sentence(details: AwsErrorDetails): string {
  const { kind, said, awsCode, reason, requestId, deniedBy } = details;
  const verb: Readonly<Record<AwsErrorKind, string>> = {
    "access-denied": deniedBy === undefined ? "denied" : `denied by ${deniedBy}`,
    credentials: "credentials not accepted",
    throttled: "throttled",
    conflict: "in conflict with another change",
    server: "AWS failed",
    network: "no answer",
    unreadable: "unreadable answer",
    "region-disabled": "Region disabled",
    "not-enrolled": "the account is in no organization",
    unsupported: "not supported",
    refused: "refused",
    interrupted: "interrupted",
  };
  const cause = reason === undefined ? awsCode : `${awsCode}, ${reason}`;
  const detail = cause === undefined ? said : `${said} (${cause})`;
  const request = requestId === undefined ? "" : ` [request ${requestId}]`;
  return `${describeSite(details.site)}: ${verb[kind]}: ${detail}${request}`;
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null;
}

function text(value: unknown): string | undefined {
  return typeof value === "string" && value !== "" ? value : undefined;
}
