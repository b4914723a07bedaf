import colors from "picocolors";
import type { Address, Change, Plan, Risk } from "../core/plan.ts";
import type { ChangeGroup, Effect } from "../core/plan-summary.ts";
import { groupChanges, summarizePlan } from "../core/plan-summary.ts";
import { attributeLines } from "./plan-attributes.ts";
import type { PlanNames } from "./plan-names.ts";
import { kindOf, kindWords, planNames } from "./plan-names.ts";
import { foreignLines, gapLines } from "./plan-remarks.ts";
import type { DiffLine } from "./policy-diff.ts";
import { printable } from "./printable.ts";
import { kindInWords, placeInWords, thingName } from "./thing-names.ts";
import { wrapText } from "./wrap-text.ts";

/** How a plan is shown. */
export interface PlanTextOptions {
  readonly color: boolean;
  /** Columns of the terminal; long reasons and lists are wrapped to it. */
  readonly width: number;
  /** `plan` (default): what an apply would do. `drift`: how live AWS differs from the file. */
  readonly phrase?: "plan" | "drift";
  /** Lines to show beneath the thing of an address, such as what its change would do to calls. */
  readonly beside?: ReadonlyMap<Address, readonly string[]>;
  /** Lines to show before the last. */
  readonly closing?: readonly string[];
}

type Colors = ReturnType<typeof colors.createColors>;

const symbols: Readonly<Record<Effect, string>> = {
  create: "  + ",
  update: "  ~ ",
  replace: "-/+ ",
  delete: "  - ",
};

const riskWords: Readonly<Record<Exclude<Risk, "none">, string>> = {
  protection: "narrows what guards accounts",
  lockout: "can shut people or orgrail out",
  destructive: "cannot be taken back",
};

/**
 * Shows a plan in Terraform's grammar of differences: `+` create, `~` change in place, `-/+`
 * replace, `-` destroy; each thing with its fields, the reason and the place in the file that asks
 * for it, and what an apply could harm. What is left alone and what was not read is said at the
 * end; the last line counts. Diagnostics are not shown here.
 */
export function renderPlan(plan: Plan, options: PlanTextOptions): string {
  const paint = colors.createColors(options.color);
  const names = planNames(plan);
  const groups = groupChanges(plan.changes);
  const drift = options.phrase === "drift";
  const lines: string[] = [];
  if (groups.length > 0) {
    lines.push(...heading(plan, groups, options, paint), "");
    for (const { group, places } of foldGroups(groups, names)) {
      lines.push(...groupLines(group, places, names, options, paint), "");
    }
  }
  const remarks = [
    ...foreignLines(plan, options.width, paint),
    ...gapLines(plan, options.width, paint),
  ];
  if (remarks.length > 0) lines.push(...remarks, "");
  const errors = plan.diagnostics.filter(({ severity }) => severity === "error").length;
  if (errors > 0) {
    const what = `${errors} error${errors === 1 ? "" : "s"}`;
    lines.push(paint.red(`This plan has ${what} and cannot be applied.`), "");
  }
  const { closing = [] } = options;
  if (closing.length > 0) lines.push(...closing.map(printable), "");
  lines.push(...verdict(plan, groups.length, drift, paint));
  return `${lines.join("\n")}\n`;
}

function heading(
  plan: Plan,
  groups: readonly ChangeGroup[],
  { phrase, width }: PlanTextOptions,
  paint: Colors,
): string[] {
  const management = plan.names[plan.managementAccountId] ?? "management account";
  const where = `organization ${plan.organizationId} (management account ${management}, ${plan.managementAccountId})`;
  const effects = new Set(groups.map(({ effect }) => effect));
  const legend: readonly (readonly [Effect, string])[] =
    phrase === "drift"
      ? [
          ["create", "in the file, missing in AWS"],
          ["update", "differs"],
          ["replace", "differs, an apply makes it anew"],
          ["delete", "in AWS against the file"],
        ]
      : [
          ["create", "create"],
          ["update", "update in place"],
          ["replace", "replace (a new one is made, then the old one deleted)"],
          ["delete", "destroy"],
        ];
  const lead =
    phrase === "drift"
      ? `Live AWS differs from the file. In ${where}:`
      : `An apply will make these changes, in this order, in ${where}:`;
  return [
    ...wrapText(lead, width),
    ...legend
      .filter(([effect]) => effects.has(effect))
      .map(([effect, words]) => `${tint(effect, paint)(symbols[effect])}${words}`),
  ];
}

function groupLines(
  group: ChangeGroup,
  places: readonly string[],
  names: PlanNames,
  { width, phrase, beside }: PlanTextOptions,
  paint: Colors,
): string[] {
  const { address, effect, risk } = group;
  const kind = kindWords[kindOf(address)]?.[0] ?? "";
  const id = group.changes.find(({ account }) => account !== undefined)?.account;
  const known = id ?? names.idOf(address);
  const isPlain = kindOf(address) !== "attachment" && thingName(address) === undefined;
  const idBeside = known === undefined || !isPlain ? "" : ` (${known})`;
  const verb = phrase === "drift" ? driftVerb(effect) : planVerb(group);
  const flag = risk === "none" ? [] : [tintRisk(risk, paint)(`  # ${risk}: ${riskWords[risk]}`)];
  const lines = [
    `  ${paint.bold(`# ${places.length > 1 ? thingTitle(address, names, false) : address} ${verb}${places.length > 1 ? ` in ${places.length} places` : ""}`)}`,
    ...flag,
    `${tint(effect, paint)(symbols[effect])}${places.length > 1 ? thingTitle(address, names, false) : title(group, kind, names)}${idBeside}`,
  ];
  for (const line of attributeLines(group, names)) lines.push(painted(line, paint));
  if (places.length > 1) lines.push(...placeLines(places, width, paint));
  for (const reason of reasonsOf(group.changes)) {
    const [first, ...rest] = wrapText(reason, width - 14);
    lines.push(paint.dim(`      because ${first ?? ""}`));
    for (const line of rest) lines.push(paint.dim(`              ${line}`));
  }
  for (const line of beside?.get(address) ?? []) lines.push(paint.cyan(`      ${printable(line)}`));
  return lines;
}

/** How many places of one change are named. */
const namedPlaces = 40;

function placeLines(places: readonly string[], width: number, paint: Colors): string[] {
  const named = places.slice(0, namedPlaces).map(placeInWords).join("; ");
  const more = places.length - namedPlaces;
  return wrapText(`in ${named}${more > 0 ? `; and ${more} more` : ""}`, width - 6).map((line) =>
    paint.dim(`      ${line}`),
  );
}

/** What a service's thing is called: `guardduty detector in Audit (111122223333), eu-west-1`. */
function thingTitle(address: Address, names: PlanNames, withPlace: boolean): string {
  const thing = thingName(address);
  if (thing === undefined) return address;
  const { service, kind, name, place } = thing;
  const what = [service, kindInWords(kind), ...(name === undefined ? [] : [name])].join(" ");
  if (!withPlace || place === undefined) return what;
  const [account = "", ...region] = placeInWords(place).split(", ");
  const id = names.idOf(`account:${account}`);
  return `${what} in ${[id === undefined ? account : `${account} (${id})`, ...region].join(", ")}`;
}

/** Groups of services' things that change in the same way, as one with all their places. */
function foldGroups(
  groups: readonly ChangeGroup[],
  names: PlanNames,
): { group: ChangeGroup; places: string[] }[] {
  const folded: { group: ChangeGroup; places: string[] }[] = [];
  const alike = new Map<string, { group: ChangeGroup; places: string[] }>();
  for (const group of groups) {
    const thing = thingName(group.address);
    if (thing?.place === undefined) {
      folded.push({ group, places: [] });
      continue;
    }
    const key = JSON.stringify([
      ...[thing.service, thing.kind, thing.name, group.effect, group.risk],
      ...[attributeLines(group, names), reasonsOf(group.changes)],
    ]);
    const known = alike.get(key);
    if (known !== undefined) {
      known.places.push(thing.place);
      continue;
    }
    const made = { group, places: [thing.place] };
    alike.set(key, made);
    folded.push(made);
  }
  return folded;
}

function title({ address }: ChangeGroup, kind: string, names: PlanNames): string {
  if (thingName(address) !== undefined) return thingTitle(address, names, true);
  const short = names.short(address);
  if (kindOf(address) === "attachment") {
    const at = short.lastIndexOf("@");
    const [policy, target] = [short.slice(0, at), short.slice(at + 1)];
    const id = names.idOf(target);
    const [type = "", ...name] = policy.split("/");
    return `policy ${name.join("/")} (${type}) at ${names.short(target)}${id === undefined ? "" : ` (${id})`}`;
  }
  return address === kindOf(address) ? kind : `${kind} ${short}`;
}

function planVerb({ effect, changes }: ChangeGroup): string {
  if (effect === "replace") return "must be replaced: its id changes";
  if (effect === "delete") {
    return changes.some(({ action }) => action === "close")
      ? "will be closed"
      : `will be ${participle(changes.at(-1))}`;
  }
  if (effect === "create") {
    const [made] = changes;
    return `will be ${participle(made)}`;
  }
  const moves = changes.some(({ action }) => action === "move");
  return moves ? "will be moved" : "will be updated in place";
}

function participle(change: Change | undefined): string {
  const words: Readonly<Record<string, string>> = {
    create: "created",
    delete: "deleted",
    attach: "attached",
    detach: "detached",
    enable: "enabled",
    disable: "disabled",
    register: "registered",
    deregister: "deregistered",
  };
  return words[change?.action ?? ""] ?? "changed";
}

function driftVerb(effect: Effect): string {
  if (effect === "create") return "is missing in AWS";
  return effect === "delete" ? "is in AWS against the file" : "differs from the file";
}

function reasonsOf(changes: readonly Change[]): string[] {
  const reasons = changes.map(({ reason, span }) => {
    const file = span?.file;
    return file === undefined ? reason : `${reason} (${file}:${span?.start.line})`;
  });
  return [...new Set(reasons)];
}

function painted({ sign, text }: DiffLine, paint: Colors): string {
  const line = `      ${sign} ${text}`;
  if (sign === "+") return paint.green(line);
  if (sign === "-") return paint.red(line);
  return sign === "~" ? paint.yellow(line) : paint.dim(line);
}

function verdict(plan: Plan, groups: number, drift: boolean, paint: Colors): string[] {
  const compared = `${plan.unchanged} thing${plan.unchanged === 1 ? " is" : "s are"}`;
  if (groups === 0) {
    const partly = plan.gaps.length > 0 ? ", as far as could be read" : "";
    const nothing = drift ? "No drift" : "No changes";
    return [paint.bold(`${nothing}. ${compared} as the file wants${partly}.`)];
  }
  const { add, change, destroy, writes, risks } = summarizePlan(plan);
  const hidden = plan.unchanged > 0 ? `${compared} as the file wants and not shown. ` : "";
  const calls = `${writes} write${writes === 1 ? "" : "s"} to AWS.`;
  return drift
    ? [
        `${hidden}`.trim(),
        paint.bold(`Drift: ${add} missing, ${change} different, ${destroy} against the file.`),
      ].filter((line) => line !== "")
    : [
        `${hidden}${calls}`,
        ...riskLine(risks, paint),
        paint.bold(`Plan: ${add} to add, ${change} to change, ${destroy} to destroy.`),
      ];
}

function riskLine(risks: Readonly<Record<Risk, number>>, paint: Colors): string[] {
  const grave = (["lockout", "destructive", "protection"] as const).filter(
    (risk) => risks[risk] > 0,
  );
  if (grave.length === 0) return [];
  const parts = grave.map((risk) => tintRisk(risk, paint)(`${risks[risk]} ${risk}`));
  return [`Writes at risk: ${parts.join(", ")}.`];
}

function tint(effect: Effect, paint: Colors): (text: string) => string {
  if (effect === "create") return paint.green;
  return effect === "update" ? paint.yellow : paint.red;
}

function tintRisk(risk: Risk, paint: Colors): (text: string) => string {
  return risk === "protection" ? paint.yellow : paint.red;
}
