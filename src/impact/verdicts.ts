import {
  type CallColumn,
  type CallGroups,
  callerColumns,
  eventColumns,
  type RowClasses,
  type TextColumn,
} from "../core/call-groups.ts";
import { rowClasses } from "../core/row-classes.ts";
import { createTuples } from "../core/tuples.ts";
import type { Assessed, Assessor } from "./assess.ts";
import { type CallKey, type Outcome, outcomes } from "./call.ts";

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
  const classes = new Map<number, number>();
  /** By number of a caller: its class, and the texts that rows name it by. */
  let ofCallers = new Int32Array(3 << 10);
  let knownCallers = 0;
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

  /** By number of a column's texts: their numbers here. */
  const namesOf = ({ texts }: TextColumn): Int32Array => {
    const found = new Int32Array(texts.length);
    for (let id = 0; id < texts.length; id++) found[id] = numberOf(texts[id] as string);
    return found;
  };

  const nameOf = (number: number | undefined): string => names[number ?? 0] as string;

  /** The key of the tuples. */
  const keyOf = (withEvent: boolean): CallKey => {
    const [type, principal, account, service, recipient] = callerTuple;
    const isWhole = type !== 0 && principal !== 0 && account !== 0 && recipient !== 0;
    const key: { -readonly [member in keyof CallKey]: CallKey[member] } =
      // Nearly all callers: made at once, for there are many.
      isWhole && service === 0
        ? {
            outcome: "none",
            identityType: nameOf(type),
            principal: nameOf(principal),
            principalAccountId: nameOf(account),
            recipientAccountId: nameOf(recipient),
          }
        : { outcome: "none" };
    if (!(isWhole && service === 0)) {
      if (type !== 0) key.identityType = nameOf(type);
      if (principal !== 0) key.principal = nameOf(principal);
      if (account !== 0) key.principalAccountId = nameOf(account);
      if (service !== 0) key.invokedBy = nameOf(service);
      if (recipient !== 0) key.recipientAccountId = nameOf(recipient);
    }
    if (!withEvent) return key;
    const [source, name, eventType, category] = eventTuple;
    if (source !== 0) key.eventSource = nameOf(source);
    if (name !== 0) key.eventName = nameOf(name);
    if (eventType !== 0) key.eventType = nameOf(eventType);
    if (category !== 0) key.eventCategory = nameOf(category);
    if (requestTuple[2] !== 0) key.awsRegion = nameOf(requestTuple[2]);
    return key;
  };

  /** Whom rows name: the principal, else the service or the account. */
  const shown = ({ identityType, invokedBy, principalAccountId }: CallKey): number => {
    const principal = callerTuple[1] as number;
    if (principal !== 0) return principal;
    const isService = identityType === "AWSService" || identityType === undefined;
    return numberOf((isService ? invokedBy : undefined) ?? principalAccountId ?? "");
  };

  /** Notes a caller that is new. */
  const addCaller = (): void => {
    const own = keyOf(false);
    const standing = assessor.standing(own);
    const name = assessor.classOf(own, standing);
    let found = classes.get(name);
    if (found === undefined) {
      found = classes.size;
      classes.set(name, found);
    }
    if ((knownCallers + 1) * 3 > ofCallers.length) {
      const more = new Int32Array(ofCallers.length * 2);
      more.set(ofCallers);
      ofCallers = more;
    }
    const at = knownCallers * 3;
    ofCallers[at] = found;
    ofCallers[at + 1] = standing.kind === "bound" ? shown(own) : 0;
    ofCallers[at + 2] = standing.kind === "bound" ? numberOf(standing.account) : 0;
    knownCallers += 1;
  };

  const makeVerdict = (number: number, caller: number, event: number): void => {
    for (let at = 0; at < callerTuple.length; at++) callerTuple[at] = callers.member(caller, at);
    for (let at = 0; at < eventTuple.length; at++) eventTuple[at] = events.member(event, at);
    const key = keyOf(true);
    verdicts.push({
      number,
      assessed: assessor.assess({ key, count: 1 }),
      pair: `${key.eventSource ?? "-"} ${key.eventName ?? "-"}`,
      isDataEvent: key.eventCategory === "Data",
      eventSource: key.eventSource ?? "",
      eventName: key.eventName ?? "",
    });
  };

  /** The number of the caller in the tuple. */
  const callerNumber = (): number => {
    const caller = callers.number(callerTuple);
    if (caller === knownCallers) addCaller();
    return caller;
  };
  const eventNumber = (): number => events.number(eventTuple);

  /** The number of the verdict of a caller's calls. */
  const verdictNumber = (caller: number, event: number, region: number): number => {
    requestTuple[0] = ofCallers[caller * 3] as number;
    requestTuple[1] = event;
    requestTuple[2] = region;
    const number = requests.number(requestTuple);
    if (number === verdicts.length) makeVerdict(number, caller, event);
    return number;
  };

  const fill = (number: number, caller: number, region: number, outcome: Outcome): void => {
    place.verdict = verdicts[number] as Verdict;
    place.principal = ofCallers[caller * 3 + 1] as number;
    place.account = ofCallers[caller * 3 + 2] as number;
    place.region = region;
    place.outcome = outcome;
  };

  /** By class of rows: the number that `numberOfTuple` gives when the tuple has what it says. */
  const numbersOf = <Column extends CallColumn>(
    { texts }: RowClasses<Column>,
    columns: readonly Column[],
    tuple: Int32Array,
    numberOfTuple: () => number,
  ): Int32Array => {
    const ids = columns.map((name) => texts[name].ids);
    const here = columns.map((name) => namesOf(texts[name]));
    const numbers = new Int32Array(ids[0]?.length ?? 0);
    for (let at = 0; at < numbers.length; at++) {
      for (let place = 0; place < ids.length; place++) {
        const id = (ids[place] as Int32Array)[at] as number;
        tuple[place] = (here[place] as Int32Array)[id] as number;
      }
      numbers[at] = numberOfTuple();
    }
    return numbers;
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
      const caller = callerNumber();
      const region = numberOf(key.awsRegion ?? "");
      fill(verdictNumber(caller, eventNumber(), region), caller, region, key.outcome);
      return place;
    },
    ofGroups: (groups, visit) => {
      const { size, texts } = groups;
      const byCaller = groups.callers ?? rowClasses(groups, callerColumns);
      const byEvent = groups.events ?? rowClasses(groups, eventColumns);
      const callersHere = numbersOf(byCaller, callerColumns, callerTuple, callerNumber);
      const eventsHere = numbersOf(byEvent, eventColumns, eventTuple, eventNumber);
      const regionsHere = namesOf(texts.awsRegion);
      const { of: callerOf } = byCaller;
      const { of: eventOf } = byEvent;
      const { ids: regionOf } = texts.awsRegion;
      const { ids: endOf, texts: ends } = texts.errorClass;
      const ended = ends.map((text) => outcomes.find((one) => one === text) ?? "none");
      // Numbers of verdicts plus one, by class of the caller, event and Region.
      const eventCount = eventsHere.length;
      const regionCount = regionsHere.length;
      const pairs = classes.size * eventCount * regionCount;
      const table = pairs <= leastTable + size * 4 ? new Int32Array(pairs) : undefined;
      for (let row = 0; row < size; row++) {
        const caller = callersHere[callerOf[row] as number] as number;
        const event = eventOf[row] as number;
        const region = regionOf[row] as number;
        const at = ((ofCallers[caller * 3] as number) * eventCount + event) * regionCount + region;
        let number = table === undefined ? -1 : (table[at] as number) - 1;
        if (number === -1) {
          number = verdictNumber(
            caller,
            eventsHere[event] as number,
            regionsHere[region] as number,
          );
          if (table !== undefined) table[at] = number + 1;
        }
        const outcome = ended[endOf[row] as number] as Outcome;
        fill(number, caller, regionsHere[region] as number, outcome);
        visit(place, row);
      }
    },
  };
}

/** Verdicts are looked up in a table of this size, and more where there are more rows. */
const leastTable = 1 << 16;
