import { type CallColumn, type CallGroups, callColumns } from "../core/call-groups.ts";
import type { Assessed, Assessor } from "./assess.ts";
import type { CallKey, Outcome } from "./call.ts";
import { outcomes } from "./call.ts";
import type { Standing } from "./standing.ts";
import { createTuples } from "./tuples.ts";

/** What is said of all calls that policies cannot tell apart by their keys. */
export interface Verdict {
  readonly number: number;
  readonly assessed: Assessed;
  /** `eventSource eventName`. */
  readonly pair: string;
  readonly isDataEvent: boolean;
  readonly eventSource: string;
  readonly eventName: string;
}

/** A group of calls as the visitor of {@link Verdicts} sees it; reused from group to group. */
export interface GroupPlace {
  readonly verdict: Verdict;
  /** Numbers of the texts of the columns that rows of reports have; see {@link Verdicts.text}. */
  readonly principal: number;
  readonly account: number;
  readonly region: number;
  readonly outcome: Outcome;
}

/** Gives verdicts of calls, by numbers instead of texts. */
export interface Verdicts {
  ofKey(key: CallKey): GroupPlace;
  /** Visits all groups. */
  ofGroups(groups: CallGroups, visit: (place: GroupPlace, row: number) => void): void;
  /** The text of a number of a {@link GroupPlace}; empty for none. */
  text(number: number): string;
}

/** Columns that tell who calls, and what. */
const callerColumns = [
  "identityType",
  "principal",
  "principalAccountId",
  "invokedBy",
  "recipientAccountId",
] as const satisfies readonly CallColumn[];
const eventColumns = [
  "eventSource",
  "eventName",
  "eventType",
  "eventCategory",
] as const satisfies readonly CallColumn[];

interface Caller {
  readonly key: CallKey;
  readonly standing: Standing;
  readonly class: number;
  readonly principal: number;
  readonly account: number;
}

/**
 * Makes verdicts. Calls are told apart by who calls, as far as policies see it, by event and Region;
 * each different request is evaluated once, whatever the number of events, keys and accounts.
 */
export function createVerdicts(assessor: Assessor): Verdicts {
  const numbers = new Map<string, number>([["", 0]]);
  const names: string[] = [""];
  const callers = createTuples(callerColumns.length);
  const events = createTuples(eventColumns.length);
  const requests = createTuples(3);
  const classes = new Map<string, number>();
  const knownCallers: Caller[] = [];
  const verdicts: Verdict[] = [];
  const callerTuple = new Int32Array(callerColumns.length);
  const eventTuple = new Int32Array(eventColumns.length);
  const requestTuple = new Int32Array(3);
  const place = {
    verdict: undefined as unknown as Verdict,
    principal: 0,
    account: 0,
    region: 0,
    outcome: "none" as Outcome,
  };

  const numberOf = (text: string): number => {
    const known = numbers.get(text);
    if (known !== undefined) return known;
    const number = names.push(text) - 1;
    numbers.set(text, number);
    return number;
  };

  const keyOf = (columns: readonly CallColumn[], tuple: Int32Array): Partial<CallKey> => {
    const key: Record<string, string> = {};
    for (const [index, column] of columns.entries()) {
      const text = names[tuple[index] ?? 0];
      if (text !== undefined && text !== "") key[column] = text;
    }
    return key;
  };

  const callerOf = (): Caller => {
    const number = callers.number(callerTuple);
    const known = knownCallers[number];
    if (known !== undefined) return known;
    const key: CallKey = { ...keyOf(callerColumns, callerTuple), outcome: "none" };
    const standing = assessor.standing(key);
    const name = assessor.classOf(key, standing);
    const found = classes.get(name) ?? classes.size;
    classes.set(name, found);
    const caller: Caller = {
      key,
      standing,
      class: found,
      principal: numberOf(standing.kind === "bound" ? shownPrincipal(key) : ""),
      account: numberOf(standing.kind === "bound" ? standing.account : ""),
    };
    knownCallers.push(caller);
    return caller;
  };

  const makeVerdict = (number: number, caller: Caller): Verdict => {
    const region = names[requestTuple[2] ?? 0] ?? "";
    const event = keyOf(eventColumns, eventTuple);
    const key: CallKey = {
      ...caller.key,
      ...event,
      ...(region === "" ? {} : { awsRegion: region }),
    };
    const verdict: Verdict = {
      number,
      assessed: assessor.assess({ key, count: 1 }),
      pair: `${key.eventSource ?? "-"} ${key.eventName ?? "-"}`,
      isDataEvent: key.eventCategory === "Data",
      eventSource: key.eventSource ?? "",
      eventName: key.eventName ?? "",
    };
    verdicts.push(verdict);
    return verdict;
  };

  /** Fills the place from the tuples. */
  const find = (region: number, outcome: Outcome): void => {
    const caller = callerOf();
    requestTuple[0] = caller.class;
    requestTuple[1] = events.number(eventTuple);
    requestTuple[2] = region;
    const number = requests.number(requestTuple);
    place.verdict = verdicts[number] ?? makeVerdict(number, caller);
    place.principal = caller.principal;
    place.account = caller.account;
    place.region = region;
    place.outcome = outcome;
  };

  return {
    text: (number) => names[number] ?? "",
    ofKey: (key) => {
      for (const [index, column] of callerColumns.entries()) {
        callerTuple[index] = numberOf(key[column] ?? "");
      }
      for (const [index, column] of eventColumns.entries()) {
        eventTuple[index] = numberOf(key[column] ?? "");
      }
      find(numberOf(key.awsRegion ?? ""), key.outcome);
      return place;
    },
    ofGroups: ({ size, texts }, visit) => {
      const own = Object.fromEntries(
        callColumns.map((column) => [column, Int32Array.from(texts[column].texts, numberOf)]),
      ) as Record<CallColumn, Int32Array>;
      const ended = texts.errorClass.texts.map(
        (text) => outcomes.find((one) => one === text) ?? "none",
      );
      const callerIds = callerColumns.map((column) => texts[column].ids);
      const callerNumbers = callerColumns.map((column) => own[column]);
      const eventIds = eventColumns.map((column) => texts[column].ids);
      const eventNumbers = eventColumns.map((column) => own[column]);
      const regionIds = texts.awsRegion.ids;
      const outcomeIds = texts.errorClass.ids;
      for (let row = 0; row < size; row++) {
        for (let index = 0; index < callerIds.length; index++) {
          const ids = callerIds[index] as Int32Array;
          callerTuple[index] = (callerNumbers[index] as Int32Array)[ids[row] as number] as number;
        }
        for (let index = 0; index < eventIds.length; index++) {
          const ids = eventIds[index] as Int32Array;
          eventTuple[index] = (eventNumbers[index] as Int32Array)[ids[row] as number] as number;
        }
        find(
          own.awsRegion[regionIds[row] as number] as number,
          ended[outcomeIds[row] as number] as Outcome,
        );
        visit(place, row);
      }
    },
  };
}

/** Whom rows of reports name: the principal, else the service or the account. */
export function shownPrincipal({
  principal,
  identityType,
  invokedBy,
  principalAccountId,
}: CallKey): string {
  if (principal !== undefined) return principal;
  const service = identityType === "AWSService" || identityType === undefined;
  return (service ? invokedBy : undefined) ?? principalAccountId ?? "";
}
