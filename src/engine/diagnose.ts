import { gapOf } from "../aws/attempt-read.ts";
import { AwsError } from "../aws/aws-error.ts";
import { runtimeSupport } from "../data/runtime-support.ts";
import { organizationServices, services } from "../services/registry.ts";
import type { ReadProbe, ServiceContext } from "../services/service.ts";
import type { Check } from "./diagnosis.ts";
import { checkWritePermissions } from "./write-permissions.ts";

/** What {@link diagnose} is told of its surroundings. */
export interface DiagnoseOptions {
  /** Services that the configuration has blocks for. */
  readonly services?: readonly string[];
  /** As `process.versions.node` gives it. */
  readonly nodeVersion: string;
}

/**
 * Finds out who is calling, what that caller is to the organization, which reads it may make, and
 * whether clock and run time are in order. Every read is tried; nothing is written. Failed reads are
 * findings: this throws only when it is interrupted.
 */
export async function diagnose(
  context: ServiceContext,
  options: DiagnoseOptions,
): Promise<readonly Check[]> {
  const checks: Check[] = runtimeChecks(options.nodeVersion, context.aws.clock.now());
  const identity = await attempt("identity", "Who you are", async () => {
    const { account, arn } = await context.aws.caller(context.signal);
    return { status: "ok", detail: `${arn} in account ${account}` };
  });
  checks.push(identity);
  checks.push(clockCheck(context.aws.clockSkewMs()));
  if (identity.status !== "ok") return checks;

  const organization = await organizationChecks(context);
  checks.push(...organization);
  if (organization[0]?.status !== "ok") return checks;
  const meant = [...new Set([...organizationServices, ...(options.services ?? [])])];
  for (const id of meant) {
    for (const probe of (await services[id]?.())?.probes ?? []) {
      checks.push(await tryProbe(context, probe));
    }
  }
  checks.push(await checkWritePermissions(context, meant, options.services));
  return checks;
}

type Finding = Pick<Check, "status" | "detail" | "hint">;

async function attempt(id: string, title: string, look: () => Promise<Finding>): Promise<Check> {
  try {
    return { id, title, ...(await look()) };
  } catch (error) {
    const gap = gapOf(error, id);
    return {
      ...{ id, title, status: "problem", detail: (error as AwsError).message, gap },
      ...((error as AwsError).hint === undefined ? {} : { hint: (error as AwsError).hint ?? "" }),
    };
  }
}

async function organizationChecks(context: ServiceContext): Promise<Check[]> {
  const how = context.signal === undefined ? {} : { signal: context.signal };
  const { account } = await context.aws.caller(context.signal);
  let managementAccount: string | undefined;
  let featureSet: string | undefined;
  const organization = await attempt("organization", "The organization", async () => {
    const { Organization } = await context.aws.call(
      "organizations",
      "DescribeOrganization",
      {},
      how,
    );
    managementAccount = Organization?.MasterAccountId;
    featureSet = Organization?.FeatureSet;
    return {
      status: "ok",
      detail: `${Organization?.Id}, managed by account ${managementAccount}`,
    };
  });
  if (organization.status !== "ok") return [organization];
  return [
    organization,
    {
      id: "features",
      title: "All features",
      ...(featureSet === "ALL"
        ? { status: "ok", detail: "enabled" }
        : {
            status: "problem",
            detail: `the organization has consolidated billing only (${featureSet})`,
            hint: "policies and trusted access need all features: enable them in the management account",
          }),
    },
    await attempt("standing", "What you are to it", async () => {
      if (account === managementAccount) return { status: "ok", detail: "the management account" };
      return delegatedStanding(context, account);
    }),
  ];
}

async function delegatedStanding(context: ServiceContext, account: string): Promise<Finding> {
  const how = context.signal === undefined ? {} : { signal: context.signal };
  try {
    await context.aws.call("organizations", "ListRoots", {}, how);
  } catch (error) {
    if (!(error instanceof AwsError) || error.kind !== "access-denied") throw error;
    return {
      status: "problem",
      detail: `account ${account} is a member that may not read the organization`,
      hint: "use credentials of the management account, or of a delegated administrator",
    };
  }
  return {
    status: "warning",
    detail: `account ${account} is a delegated administrator: it can read, and write what the resource policy delegates`,
    hint: "to create accounts and units, use credentials of the management account",
  };
}

async function tryProbe(context: ServiceContext, probe: ReadProbe): Promise<Check> {
  return attempt(`permission:${probe.permission}`, probe.permission, async () => {
    await probe.try(context);
    return { status: "ok", detail: probe.purpose };
  });
}

function clockCheck(skewMs: number | undefined): Check {
  const check = { id: "clock", title: "Clock" };
  if (skewMs === undefined) {
    return { ...check, status: "unknown", detail: "no answer told AWS's time" };
  }
  const seconds = Math.round(Math.abs(skewMs) / 1000);
  const side = skewMs > 0 ? "behind" : "ahead of";
  const detail = `${seconds} seconds ${side} AWS`;
  if (Math.abs(skewMs) >= runtimeSupport.clockSkewMs) {
    return { ...check, status: "problem", detail, hint: "set this machine's clock right" };
  }
  if (seconds > 60) {
    return { ...check, status: "warning", detail, hint: "let this machine keep its time by NTP" };
  }
  return { ...check, status: "ok", detail: seconds <= 2 ? "agrees with AWS" : detail };
}

function runtimeChecks(nodeVersion: string, nowMs: number): Check[] {
  const { node, sdk } = runtimeSupport;
  const [major = 0, minor = 0] = nodeVersion.split(".").map(Number);
  const check = { id: "runtime", title: "Node.js" };
  if (major < node.major || (major === node.major && minor < node.minor)) {
    return [
      {
        ...{ ...check, status: "problem", detail: `version ${nodeVersion}` },
        hint: `orgrail needs Node.js ${node.major}.${node.minor} or later`,
      },
    ];
  }
  if (major >= sdk.nodeMajor) return [{ ...check, status: "ok", detail: `version ${nodeVersion}` }];
  const over = nowMs >= Date.parse(sdk.from);
  return [
    {
      ...{ ...check, status: "warning" },
      detail: `version ${nodeVersion}; versions of the AWS SDK ${over ? "since" : "from"} ${sdk.from} need ${sdk.nodeMajor}`,
      hint: `move to Node.js ${sdk.nodeMajor}: later fixes of the SDK will not reach this version`,
    },
  ];
}
