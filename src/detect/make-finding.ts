import { digest } from "../core/digest.ts";
import type { CloudTrailEvent } from "../core/event.ts";
import type { Evidence, Finding } from "../core/finding.ts";
import type { ExceptionAnswer } from "./exceptions.ts";
import type { ExpectedCall } from "./expected-call.ts";
import type { DetectFacts } from "./facts.ts";
import type { Caller } from "./principal.ts";
import { accountOf, type CallOutcome, eventTimeMs, json, outcomeOf, text } from "./read-event.ts";
import type { DetectRule, Hit } from "./rule.ts";
import { lowered } from "./severity.ts";

/** What a finding is made of. */
export interface FindingParts {
  readonly rule: DetectRule;
  readonly hit: Hit;
  readonly event: CloudTrailEvent;
  readonly caller: Caller;
  readonly facts: DetectFacts;
  readonly answer: ExceptionAnswer;
  readonly expected: ExpectedCall | undefined;
}

/** Makes the finding of one hit. The same event gives the same finding. */
export function makeFinding(parts: FindingParts): Finding {
  const { rule, hit, event, caller, facts, answer, expected } = parts;
  const outcome = outcomeOf(event);
  const account = accountOf(event);
  const name = account === undefined ? undefined : facts.accountName(account);
  const region = text(event.awsRegion);
  const severity = hit.severity ?? rule.severity;
  const principal = caller.arn ?? caller.principalArn;
  const exception =
    expected === undefined ? answer.exception : { reason: `expected: ${expected.reason}` };
  return {
    id: findingId(rule, event),
    rule: rule.id,
    title: rule.title,
    severity: rule.counts === "attempts" && outcome !== "success" ? lowered(severity) : severity,
    status: "fail",
    message: message(parts, outcome, account),
    ...(account === undefined ? {} : { account }),
    ...(name === undefined ? {} : { accountName: name }),
    ...(region === undefined ? {} : { region }),
    ...(hit.resource === undefined ? {} : { resource: hit.resource }),
    ...(principal === undefined ? {} : { principal }),
    // What is no time has no place in formats that want one.
    time: eventTimeMs(event) === undefined ? "" : (text(event.eventTime) ?? ""),
    evidence: evidence(hit, event, outcome),
    remedy: rule.remedy,
    ...(exception === undefined ? {} : { exception }),
  };
}

/** The same for the same rule and event, wherever the event is read. */
export function findingId(rule: DetectRule, event: CloudTrailEvent): string {
  return digest([rule.id, eventKey(event)]).slice(0, 32);
}

/** What an event is known by: its id, or for one that has none, its content. */
export function eventKey(event: CloudTrailEvent): string {
  return text(event.eventID) ?? digest(event);
}

function message(
  { hit, event, caller, facts, answer, expected }: FindingParts,
  outcome: CallOutcome,
  account: string | undefined,
): string {
  const [infinitive, past] = hit.verb;
  const place = account === undefined ? "" : ` in ${facts.account(account)}`;
  const code = text(event.errorCode) ?? text(event.errorMessage) ?? "no error code";
  const did =
    outcome === "success"
      ? `${past} ${hit.object}${place}`
      : `tried to ${infinitive} ${hit.object}${place}, which ${outcome === "denied" ? "AWS denied" : "failed"} (${code})`;
  const through = caller.service === undefined ? "" : ` through ${caller.service}`;
  const standing = account === undefined ? undefined : facts.standingOf(account);
  const sentences = [
    `${caller.name}${through} ${did}`,
    hit.detail,
    standing === "outside" ? "the account is not in the organization" : undefined,
    hit.unknown === undefined || hit.unknown.length === 0
      ? undefined
      : `not known: ${hit.unknown.join("; ")}`,
    answer.exception === undefined && expected === undefined ? answer.expired : undefined,
  ];
  return sentences
    .filter((sentence) => sentence !== undefined)
    .map((sentence) => `${capitalized(sentence)}.`)
    .join(" ");
}

/** A sentence with its capital; an ARN at its beginning stays as it is. */
function capitalized(sentence: string): string {
  if (sentence.startsWith("arn:")) return sentence;
  return `${sentence.charAt(0).toUpperCase()}${sentence.slice(1)}`;
}

/** Longer requests are not copied into findings. */
const mostRequestCharacters = 4_000;

function evidence(hit: Hit, event: CloudTrailEvent, outcome: CallOutcome): readonly Evidence[] {
  const source = text(event.eventID);
  const observedAt = text(event.eventTime);
  const from = {
    ...(source === undefined ? {} : { source }),
    ...(observedAt === undefined ? {} : { observedAt }),
  };
  const own: [what: string, value: unknown][] = [
    ["event", `${text(event.eventSource) ?? "?"} ${text(event.eventName) ?? "?"}`],
    ["outcome", outcome],
  ];
  for (const what of ["errorCode", "errorMessage", "sourceIPAddress", "userAgent"] as const) {
    if (text(event[what]) !== undefined) own.push([what, event[what]]);
  }
  const { requestParameters } = event;
  if (requestParameters !== undefined && requestParameters !== null) {
    const length = JSON.stringify(requestParameters).length;
    own.push([
      "requestParameters",
      length > mostRequestCharacters ? `${length} characters, see the event` : requestParameters,
    ]);
  }
  return [
    ...own.map(([what, value]) => ({ what, value: json(value), ...from })),
    ...(hit.evidence ?? []),
    ...(hit.unknown ?? []).map((what) => ({ what: "not known", value: what })),
  ];
}
