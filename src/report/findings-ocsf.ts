import type { Evidence, Finding, FindingStatus, Severity } from "../core/finding.ts";
import type { JsonObject } from "../core/json.ts";
import { exceptionText } from "./exception-text.ts";
import type { FindingTool } from "./finding-rule.ts";
import { findingTimeMs } from "./finding-time.ts";

/** The version of the schema that {@link ocsfFinding} follows. */
export const ocsfVersion = "1.3.0";

const severityIds: Readonly<Record<Severity, readonly [id: number, name: string]>> = {
  critical: [5, "Critical"],
  high: [4, "High"],
  medium: [3, "Medium"],
  low: [2, "Low"],
  info: [1, "Informational"],
};

const classes: Readonly<Record<FindingTool["kind"], readonly [uid: number, name: string]>> = {
  detection: [2004, "Detection Finding"],
  compliance: [2003, "Compliance Finding"],
};

const complianceStatus: Readonly<Record<FindingStatus, readonly [id: number, name: string]>> = {
  pass: [1, "Pass"],
  fail: [3, "Fail"],
  unknown: [0, "Unknown"],
  "not-applicable": [99, "Not applicable"],
};

/**
 * A finding as an event of the Open Cybersecurity Schema Framework: Detection Finding (2004) for
 * events, Compliance Finding (2003) for states. Times are milliseconds since the epoch.
 *
 * @see https://schema.ocsf.io/1.3.0/classes/detection_finding
 */
export function ocsfFinding(finding: Finding, tool: FindingTool): JsonObject {
  const [classUid, className] = classes[tool.kind];
  const [severityId, severity] = severityIds[finding.severity];
  const time = findingTimeMs(finding, tool);
  const [statusId, status] = finding.exception === undefined ? [1, "New"] : [3, "Suppressed"];
  return {
    activity_id: 1,
    activity_name: "Create",
    category_uid: 2,
    category_name: "Findings",
    class_uid: classUid,
    class_name: className,
    type_uid: classUid * 100 + 1,
    type_name: `${className}: Create`,
    time,
    severity_id: severityId,
    severity,
    status_id: statusId,
    status,
    message: finding.message,
    ...(finding.exception === undefined ? {} : { comment: exceptionText(finding.exception) }),
    metadata: {
      version: ocsfVersion,
      product: { name: "orgrail", vendor_name: "orgrail", version: tool.version },
      profiles: ["cloud"],
      event_code: finding.rule,
    },
    finding_info: {
      uid: finding.id,
      title: finding.title,
      desc: finding.message,
      types: [finding.rule],
      created_time: time,
      analytic: { uid: finding.rule, name: finding.title, type_id: 1, type: "Rule" },
    },
    cloud: {
      provider: "AWS",
      ...(finding.region === undefined ? {} : { region: finding.region }),
      ...(finding.account === undefined ? {} : { account: account(finding) }),
    },
    remediation: { desc: finding.remedy },
    ...(tool.kind === "detection" ? detection(finding) : compliance(finding)),
    unmapped: { evidence: finding.evidence.map(evidence) },
  };
}

/** One event a line. */
export function renderFindingsOcsf(findings: readonly Finding[], tool: FindingTool): string {
  return findings.map((finding) => `${JSON.stringify(ocsfFinding(finding, tool))}\n`).join("");
}

function detection(finding: Finding): JsonObject {
  const about = resource(finding);
  const value = (what: string): string | undefined => {
    const found = finding.evidence.find((one) => one.what === what)?.value;
    return typeof found === "string" ? found : undefined;
  };
  const ip = value("sourceIPAddress");
  const [service, operation] = value("event")?.split(" ") ?? [];
  return {
    ...(about === undefined ? {} : { resources: [about] }),
    evidences: [
      {
        ...(finding.principal === undefined ? {} : { actor: { user: { uid: finding.principal } } }),
        ...(operation === undefined || service === undefined
          ? {}
          : { api: { operation, service: { name: service } } }),
        // Services call from names, not from addresses.
        ...(ip === undefined
          ? {}
          : { src_endpoint: /^[0-9a-f.:]+$/i.test(ip) ? { ip } : { name: ip } }),
        data: { id: finding.id },
      },
    ],
  };
}

function compliance(finding: Finding): JsonObject {
  const about = resource(finding);
  const [statusId, status] = complianceStatus[finding.status];
  const frameworks = Object.entries(finding.compliance ?? {});
  return {
    compliance: {
      control: finding.rule,
      standards: frameworks.map(([name]) => name),
      requirements: frameworks.flatMap(([name, ids]) => ids.map((id) => `${name} ${id}`)),
      status_id: statusId,
      status,
    },
    ...(about === undefined ? {} : { resources: [about] }),
  };
}

function resource({ resource: uid, region }: Finding): JsonObject | undefined {
  if (uid === undefined) return undefined;
  return { uid, ...(region === undefined ? {} : { region }) };
}

function account({ account: uid = "", accountName }: Finding): JsonObject {
  return {
    uid,
    ...(accountName === undefined ? {} : { name: accountName }),
    type_id: 10,
    type: "AWS Account",
  };
}

function evidence({ what, value, source, observedAt }: Evidence): JsonObject {
  return {
    what,
    value,
    ...(source === undefined ? {} : { source }),
    ...(observedAt === undefined ? {} : { observed_at: observedAt }),
  };
}
