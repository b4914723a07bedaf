import { hash } from "node:crypto";
import type { Finding } from "../core/finding.ts";
import type { Snapshot } from "../core/snapshot.ts";
import { type AuditDesired, auditContext } from "./context.ts";
import { type AuditExceptions, auditExceptions } from "./exceptions.ts";
import type { AuditResult, AuditRule } from "./rule.ts";

/** What an audit is made of. */
export interface AuditInput {
  readonly rules: readonly AuditRule[];
  readonly snapshot: Snapshot;
  readonly desired?: AuditDesired;
  /** Milliseconds since the epoch: which exceptions still count. */
  readonly nowMs: number;
}

/** A rule that threw, which is a defect of it. */
export interface AuditFault {
  readonly rule: string;
  readonly message: string;
}

/** What an audit found: a finding for every result of every rule, in the rules' order. */
export interface AuditReport {
  readonly findings: readonly Finding[];
  readonly faults: readonly AuditFault[];
}

/** Runs rules over a snapshot. A rule that throws is a fault; the others go on. */
export function runAudit({ rules, snapshot, desired, nowMs }: AuditInput): AuditReport {
  const context = auditContext(snapshot, desired);
  const names = new Map(snapshot.organization.accounts.map(({ id, name }) => [id, name]));
  const exceptions = auditExceptions(context.settings.exceptions, nowMs, names);
  const findings: Finding[] = [];
  const faults: AuditFault[] = [];
  const idOf = findingIds();
  for (const rule of rules) {
    try {
      const results = rule.evaluate(context);
      for (const result of results) {
        findings.push(
          findingOf(idOf(rule.id, result), rule, result, snapshot.takenAt, names, exceptions),
        );
      }
    } catch (error) {
      faults.push({ rule: rule.id, message: error instanceof Error ? error.message : "unknown" });
    }
  }
  return { findings, faults };
}

function findingOf(
  id: string,
  rule: AuditRule,
  result: AuditResult,
  time: string,
  names: ReadonlyMap<string, string>,
  exceptions: AuditExceptions,
): Finding {
  const { status, message, account, region, resource, evidence } = result;
  const name = account === undefined ? undefined : names.get(account);
  const answer = status === "fail" ? exceptions.find(rule.id, result) : {};
  // There are hundreds of thousands: members are assigned, which is much faster than spreading.
  const finding: { -readonly [Member in keyof Finding]: Finding[Member] } = {
    id,
    rule: rule.id,
    title: rule.title,
    severity: rule.severity,
    status,
    message: answer.expired === undefined ? message : `${message} ${answer.expired}`,
    time,
    evidence,
    remedy: rule.remedy,
    compliance: rule.compliance,
  };
  if (account !== undefined) finding.account = account;
  if (name !== undefined) finding.accountName = name;
  if (region !== undefined) finding.region = region;
  if (resource !== undefined) finding.resource = resource;
  if (answer.exception !== undefined) finding.exception = answer.exception;
  return finding;
}

/** Half of a finding's id: what a rule, or a place, is called. */
const ruleDigits = 12;
const placeDigits = 20;

/**
 * Makes ids, the same for the same rule and thing in every snapshot. Most things are an account, or one
 * of its Regions, that many rules are about: their part of the id is made once.
 */
function findingIds(): (rule: string, thing: AuditResult) => string {
  const rules = new Map<string, string>();
  const places = new Map<string, string>();
  const kept = (known: Map<string, string>, text: string, digits: number): string => {
    const found = known.get(text);
    if (found !== undefined) return found;
    const made = hash("sha256", text, "hex").slice(0, digits);
    known.set(text, made);
    return made;
  };
  return (rule, { account, region, resource }) => {
    const of = kept(rules, rule, ruleDigits);
    if (resource === undefined) {
      return of + kept(places, `${account ?? ""}/${region ?? ""}`, placeDigits);
    }
    const key = JSON.stringify([account, region, resource]);
    return of + hash("sha256", key, "hex").slice(0, placeDigits);
  };
}
