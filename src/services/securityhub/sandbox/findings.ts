import type {
  AwsSecurityFinding,
  BatchImportFindingsCommandInput,
  BatchImportFindingsCommandOutput,
  BatchUpdateFindingsCommandInput,
  BatchUpdateFindingsCommandOutput,
  GetFindingsCommandInput,
  GetFindingsCommandOutput,
  ImportFindingsError,
} from "@aws-sdk/client-securityhub";
import { securityHubFacts } from "../../../data/securityhub.ts";
import type { AnyHandler, HandlerContext } from "../../../sandbox/service.ts";
import { organizationWith } from "../../kit/sandbox-organization.ts";
import { invalidInput } from "./errors.ts";
import { findingFilter } from "./finding-filters.ts";
import { findingProblem } from "./finding-problems.ts";
import { findingKey, findingsOf } from "./finding-records.ts";
import { memberRecord } from "./hub.ts";
import { callersHub } from "./hub-operations.ts";
import { administratorIn } from "./organization.ts";
import { page } from "./page.ts";
import type { Served } from "./served.ts";

const { perBatch, maxBytes } = securityHubFacts.findings;

const batchImportFindings: Served<
  BatchImportFindingsCommandInput,
  BatchImportFindingsCommandOutput
> = (context, input) => {
  const { world, caller, region } = context;
  callersHub(context);
  const given = input.Findings ?? [];
  if (given.length === 0 || given.length > perBatch) {
    throw invalidInput(`Invalid parameter 'Findings'. Data must have 1 to ${perBatch} items`);
  }
  const product = `arn:aws:securityhub:${region}:${caller.account}:product/${caller.account}/default`;
  const findings = findingsOf(world, caller.account, region);
  const FailedFindings: ImportFindingsError[] = [];
  for (const finding of given) {
    const refuse = (ErrorCode: string, ErrorMessage: string): void => {
      FailedFindings.push({ Id: finding.Id, ErrorCode, ErrorMessage });
    };
    const problem = findingProblem(finding);
    if (problem !== undefined) refuse("InvalidInput", problem);
    else if (Buffer.byteLength(JSON.stringify(finding)) > maxBytes) {
      refuse("InvalidInput", `Finding is larger than ${maxBytes} bytes`);
    } else if (finding.ProductArn !== product || finding.AwsAccountId !== caller.account) {
      refuse("InvalidAccess", "The account is not allowed to import findings of this product");
    } else {
      const key = findingKey(finding.ProductArn, finding.Id);
      const known = findings.get(key)?.finding;
      // Security Hub ignores an update that is not newer, and counts it as a success.
      if (known !== undefined && timeOf(finding) <= timeOf(known)) continue;
      findings.set(key, {
        finding: merged(finding, known, region),
        processedAt: world.clock.now(),
      });
    }
  }
  return {
    FailedCount: FailedFindings.length,
    SuccessCount: given.length - FailedFindings.length,
    FailedFindings,
  };
};

const getFindings: Served<GetFindingsCommandInput, GetFindingsCommandOutput> = (context, input) => {
  callersHub(context);
  const isWanted = findingFilter(input.Filters);
  if ((input.SortCriteria ?? []).length > 0) {
    throw invalidInput("the sandbox does not sort findings");
  }
  const all = visible(context).filter(isWanted);
  const list = `findings ${JSON.stringify(input.Filters ?? {})}`;
  const { items, next } = page(list, all, input, securityHubFacts.pageSizes.findings);
  return { Findings: items, ...next };
};

const batchUpdateFindings: Served<
  BatchUpdateFindingsCommandInput,
  BatchUpdateFindingsCommandOutput
> = (context, input) => {
  const { world, caller, region } = context;
  callersHub(context);
  const given = input.FindingIdentifiers ?? [];
  if (given.length === 0 || given.length > perBatch) {
    throw invalidInput(`Invalid parameter 'FindingIdentifiers': 1 to ${perBatch} items`);
  }
  const findings = findingsOf(world, caller.account, region);
  const ProcessedFindings: BatchUpdateFindingsCommandOutput["ProcessedFindings"] = [];
  const UnprocessedFindings: BatchUpdateFindingsCommandOutput["UnprocessedFindings"] = [];
  for (const FindingIdentifier of given) {
    const key = findingKey(FindingIdentifier.ProductArn, FindingIdentifier.Id);
    const known = findings.get(key);
    if (known === undefined) {
      const ErrorMessage = "Finding Not Found";
      UnprocessedFindings.push({ FindingIdentifier, ErrorCode: "FindingNotFound", ErrorMessage });
      continue;
    }
    const { Workflow, Note, UserDefinedFields, VerificationState } = input;
    const now = new Date(world.clock.now()).toISOString();
    findings.set(key, {
      ...known,
      finding: {
        ...known.finding,
        ...(Workflow?.Status === undefined ? {} : { Workflow: { Status: Workflow.Status } }),
        ...(Note === undefined ? {} : { Note: { ...Note, UpdatedAt: now } }),
        ...(UserDefinedFields === undefined ? {} : { UserDefinedFields }),
        ...(VerificationState === undefined ? {} : { VerificationState }),
      },
    });
    ProcessedFindings.push(FindingIdentifier);
  }
  return { ProcessedFindings, UnprocessedFindings };
};

/** The caller's findings; an administrator's are those of its members, too. */
function visible({ world, caller, region }: HandlerContext): readonly AwsSecurityFinding[] {
  const organization = organizationWith(world, caller.account);
  const accounts = new Set([caller.account]);
  if (
    organization !== undefined &&
    administratorIn(world, organization, region) === caller.account
  ) {
    for (const account of organization.accounts.keys()) {
      const member = memberRecord(world, organization, caller.account, account, region);
      if (member?.status === "Enabled") accounts.add(account);
    }
  }
  return [...accounts].flatMap((account) =>
    [...findingsOf(world, account, region).values()].map(({ finding }) => finding),
  );
}

/** What is customers' to change is kept; a finding that comes back is new again. */
function merged(
  finding: AwsSecurityFinding,
  known: AwsSecurityFinding | undefined,
  region: string,
): AwsSecurityFinding {
  const made: AwsSecurityFinding = {
    ...finding,
    Region: region,
    ProductName: "Default",
    CompanyName: "Personal",
    RecordState: finding.RecordState ?? "ACTIVE",
    Workflow: finding.Workflow ?? { Status: "NEW" },
  };
  if (known === undefined) return made;
  const { Note, UserDefinedFields, VerificationState } = known;
  return {
    ...made,
    Workflow: { Status: workflowAfter(made, known) },
    ...(Note === undefined ? {} : { Note }),
    ...(UserDefinedFields === undefined ? {} : { UserDefinedFields }),
    ...(VerificationState === undefined ? {} : { VerificationState }),
  };
}

function workflowAfter(
  made: AwsSecurityFinding,
  known: AwsSecurityFinding,
): NonNullable<NonNullable<AwsSecurityFinding["Workflow"]>["Status"]> {
  const status = known.Workflow?.Status ?? "NEW";
  const isBack = known.RecordState === "ARCHIVED" && made.RecordState === "ACTIVE";
  const isBroken = known.Compliance?.Status === "PASSED" && made.Compliance?.Status !== "PASSED";
  return (isBack || isBroken) && (status === "NOTIFIED" || status === "RESOLVED") ? "NEW" : status;
}

function timeOf({ UpdatedAt }: AwsSecurityFinding): number {
  return Date.parse(UpdatedAt ?? "");
}

/** Operations on findings. */
export const findingHandlers: Readonly<Record<string, AnyHandler>> = {
  BatchImportFindings: batchImportFindings,
  GetFindings: getFindings,
  BatchUpdateFindings: batchUpdateFindings,
};
