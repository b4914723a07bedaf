import type { AccountId, RegionName } from "../../../core/identifiers.ts";
import type { Slot, World } from "../../../sandbox/world.ts";
import { evaluators, type Finding } from "./evaluators.ts";
import { type MemberRule, packMemberRules, ruleMemberRules } from "./member-rules.ts";
import { reachedAccounts } from "./organization-access.ts";
import { organizationConfig, recorderOf } from "./state.ts";
import { organizationWorkMs } from "./statuses.ts";

/** A rule or pack of an organization in a Region, and when it runs next. */
interface Schedule {
  readonly owner: AccountId;
  readonly region: RegionName;
  readonly kind: "rules" | "packs";
  readonly name: string;
  nextAt: number;
}

interface EvaluationState {
  readonly schedules: Map<string, Schedule>;
  /** By Region and the rule's name in accounts, then by account: what the last run found. */
  readonly findings: Map<string, Map<AccountId, Finding>>;
  /** The earliest time at which one runs. */
  nextAt: number;
}

const slot: Slot<EvaluationState> = {
  name: "config-evaluations",
  scope: "world",
  init: () => ({ schedules: new Map(), findings: new Map(), nextAt: Number.POSITIVE_INFINITY }),
};

const hourMs = 3_600_000;
const periods: Readonly<Record<string, number>> = {
  One_Hour: hourMs,
  Three_Hours: 3 * hourMs,
  Six_Hours: 6 * hourMs,
  Twelve_Hours: 12 * hourMs,
  TwentyFour_Hours: 24 * hourMs,
};

/**
 * Has a rule or pack run once it has reached the accounts, and by its period from then on. What it
 * finds is as old as its last run: that is how AWS Config's periodic rules are.
 *
 * @see https://docs.aws.amazon.com/config/latest/developerguide/evaluate-config-rules.html
 */
export function scheduleRuns(
  world: World,
  place: Pick<Schedule, "owner" | "region" | "kind" | "name">,
): void {
  const state = world.state(slot);
  const nextAt = world.clock.now() + organizationWorkMs;
  state.schedules.set(JSON.stringify(Object.values(place)), { ...place, nextAt });
  state.nextAt = Math.min(state.nextAt, nextAt);
}

/** Makes the runs that are due. */
export function runDueRules(world: World): void {
  const state = world.state(slot);
  const now = world.clock.now();
  if (now < state.nextAt) return;
  state.nextAt = Number.POSITIVE_INFINITY;
  for (const [key, schedule] of state.schedules) {
    const { owner, region, kind, name } = schedule;
    const record = organizationConfig(world, owner, region)[kind].get(name);
    if (record === undefined || record.deletedAt !== undefined) {
      state.schedules.delete(key);
      continue;
    }
    if (schedule.nextAt <= now) {
      const rules = "rule" in record ? ruleMemberRules(record) : packMemberRules(record);
      for (const rule of rules) run(world, state, schedule, rule);
      const managed = "rule" in record ? record.rule.OrganizationManagedRuleMetadata : undefined;
      const period = periods[managed?.MaximumExecutionFrequency ?? "TwentyFour_Hours"] ?? hourMs;
      while (schedule.nextAt <= now) schedule.nextAt += period;
    }
    state.nextAt = Math.min(state.nextAt, schedule.nextAt);
  }
}

function run(
  world: World,
  state: EvaluationState,
  { owner, region }: Schedule,
  { name, identifier, parameters }: MemberRule,
): void {
  const evaluate = evaluators[identifier ?? ""];
  if (evaluate === undefined) return;
  const found = new Map<AccountId, Finding>();
  for (const account of reachedAccounts(world, owner, [])) {
    if (recorderOf(world, account, region)?.recording !== true) continue;
    found.set(account, evaluate(world, account, region, parameters));
  }
  state.findings.set(`${region}/${name}`, found);
}

/** What a rule found in an account and Region when it ran last. */
export function ruleFinding(
  world: World,
  account: AccountId,
  region: RegionName,
  { name }: MemberRule,
): Finding {
  if (recorderOf(world, account, region)?.recording !== true) return "INSUFFICIENT_DATA";
  return world.state(slot).findings.get(`${region}/${name}`)?.get(account) ?? "INSUFFICIENT_DATA";
}
