import {
  type DesiredOrganizationalUnit,
  type OuPath,
  ouPathKey,
  parseOuPath,
} from "../../core/desired.ts";
import { organizationsQuotas } from "../../data/organizations-quotas.ts";
import { configCodes } from "../codes.ts";
import { quoted } from "../report.ts";
import type {
  OrganizationalUnitInput,
  Partly,
  PolicyReferenceInput,
} from "../schema/config-input.ts";
import { didYouMean } from "../suggest.ts";
import {
  type Context,
  checkedTags,
  contradiction,
  isReadable,
  items,
  keyAt,
  spanAt,
  type Uniqueness,
  uniqueness,
} from "./context.ts";

/** A unit of the file with what other parts of the file need to know of it. */
export interface ResolvedUnit {
  readonly desired: DesiredOrganizationalUnit;
  readonly key: string;
  /** Key of the nearest unit above that is ignored, when there is one. */
  readonly ignoredBy: string | undefined;
  readonly policies: readonly (Partly<PolicyReferenceInput> | undefined)[] | undefined;
  readonly at: string;
}

/** The units of the file by key, parents before children. */
export type ResolvedUnits = ReadonlyMap<string, ResolvedUnit>;

interface Walk {
  readonly context: Context;
  readonly units: Map<string, ResolvedUnit>;
  readonly names: Uniqueness;
  readonly ids: Uniqueness;
}

/** Reads the nested units into a flat list, and checks names, ids, levels and contradictions. */
export function resolveOrganizationalUnits(context: Context): ResolvedUnits {
  const walk: Walk = {
    context,
    units: new Map(),
    names: uniqueness(context, configCodes.duplicateName),
    ids: uniqueness(context, configCodes.duplicateId),
  };
  const list = context.config.organizationalUnits;
  for (const [unit, at] of items(list, "/organizationalUnits")) {
    readUnit(walk, unit, at, [], undefined, undefined);
  }
  checkFormerPaths(walk);
  return walk.units;
}

function readUnit(
  walk: Walk,
  unit: Partly<OrganizationalUnitInput>,
  at: string,
  parent: OuPath,
  ignoredBy: string | undefined,
  removed: string | undefined,
): void {
  const { context } = walk;
  if (unit.name === undefined) return;
  const path = [...parent, unit.name];
  const key = ouPathKey(path);
  const nameSpan = spanAt(context, `${at}/name`);
  const most = organizationsQuotas.organizationalUnitDepth;
  if (path.length === most + 1) {
    context.report.error(
      configCodes.tooManyLevels,
      `${quoted(key)} is ${path.length} levels below the root; AWS allows ${most}`,
      nameSpan,
      "move the unit up",
    );
  }
  if (unit.name.includes("/") && unit.id === undefined) {
    context.report.warning(
      configCodes.slashInName,
      `the name ${quoted(unit.name)} holds a slash`,
      nameSpan,
      "to put a unit below another, nest it under `organizationalUnits` of that unit",
    );
  }
  const isNew = walk.names.check(
    key,
    nameSpan,
    `the unit ${quoted(key)} is there twice`,
    "AWS wants the names of units below one parent to differ",
  );
  if (unit.id !== undefined) {
    const span = spanAt(context, `${at}/id`);
    walk.ids.check(unit.id, span, `two units have the id ${quoted(unit.id)}`, "keep one of them");
  }
  checkWords(walk, unit, at, key, removed);
  if (isNew) {
    const formerPath =
      unit.formerPath === undefined ? undefined : readFormer(walk, unit.formerPath, at);
    const tags = checkedTags(context, unit.tags, `${at}/tags`);
    walk.units.set(key, {
      key,
      at,
      ignoredBy,
      policies: unit.policies,
      desired: {
        path,
        ...(unit.id === undefined ? {} : { id: unit.id }),
        ...(formerPath === undefined ? {} : { formerPath }),
        ...(tags === undefined ? {} : { tags }),
        ignore: unit.ignore === true,
        remove: unit.remove === true,
        span: spanAt(context, at),
      },
    });
  }
  for (const [child, childAt] of items(unit.organizationalUnits, `${at}/organizationalUnits`)) {
    readUnit(
      walk,
      child,
      childAt,
      path,
      unit.ignore === true ? (ignoredBy ?? key) : ignoredBy,
      unit.remove === true ? key : undefined,
    );
  }
}

function checkWords(
  walk: Walk,
  unit: Partly<OrganizationalUnitInput>,
  at: string,
  key: string,
  removed: string | undefined,
): void {
  const { context } = walk;
  if (unit.remove === true && unit.ignore === true) {
    contradiction(
      context,
      `the unit ${quoted(key)} is both ignored and removed`,
      keyAt(context, `${at}/remove`),
      "keep one of the two words",
    );
  }
  if (unit.remove === true && (unit.policies ?? []).length > 0) {
    contradiction(
      context,
      `the unit ${quoted(key)} is removed and has policies`,
      keyAt(context, `${at}/policies`),
      "remove the list `policies`",
    );
  }
  if (removed !== undefined && unit.remove !== true) {
    contradiction(
      context,
      `the unit ${quoted(key)} stays, but ${quoted(removed)} around it is removed`,
      spanAt(context, `${at}/name`),
      "remove this one too, or state it at another place with `formerPath`",
    );
  }
  if (unit.ignore === true && (unit.organizationalUnits ?? []).length > 0) {
    context.report.warning(
      configCodes.belowIgnored,
      `units below ${quoted(key)} have no effect: it is ignored`,
      keyAt(context, `${at}/organizationalUnits`),
    );
  }
}

function readFormer(walk: Walk, text: string, at: string): OuPath | undefined {
  const path = parseOuPath(text);
  if (path !== undefined && path.length > 0) return path;
  walk.context.report.error(
    configCodes.badPath,
    `${quoted(text)} is not the path of a unit`,
    spanAt(walk.context, `${at}/formerPath`),
    "write the names from the root down, joined by `/`",
  );
  return undefined;
}

function checkFormerPaths(walk: Walk): void {
  const claimed = uniqueness(walk.context, configCodes.contradiction);
  for (const unit of walk.units.values()) {
    const former = unit.desired.formerPath;
    if (former === undefined) continue;
    const key = ouPathKey(former);
    const span = spanAt(walk.context, `${unit.at}/formerPath`);
    const summary = `two units were ${quoted(key)} before`;
    claimed.check(key, span, summary, "a unit can become only one other");
    if (key !== unit.key && walk.units.has(key)) {
      contradiction(
        walk.context,
        `${quoted(key)} is still a unit of the file`,
        span,
        "a unit that was renamed or moved is stated only at its new place",
      );
    }
  }
}

/** Finds the unit that a text names; the root is `[]`. What is wrong is reported. */
export function findUnit(
  context: Context,
  units: ResolvedUnits,
  text: string,
  at: string,
  hint?: string,
): { readonly path: OuPath; readonly unit: ResolvedUnit | undefined } | undefined {
  const path = parseOuPath(text);
  const span = spanAt(context, at);
  if (path === undefined) {
    context.report.error(
      configCodes.badPath,
      `${quoted(text)} is not the path of a unit`,
      span,
      "write the names from the root down, joined by `/`, such as `Workloads/Prod`",
    );
    return undefined;
  }
  if (path.length === 0) return { path, unit: undefined };
  const unit = units.get(ouPathKey(path));
  if (unit !== undefined) return { path, unit };
  if (!isReadable(context, "organizationalUnits")) return undefined;
  const keys = ["Root", ...units.keys()];
  context.report.error(
    configCodes.unknownOrganizationalUnit,
    `no organizational unit ${quoted(text)}`,
    span,
    hint ??
      nearest(path, units) ??
      didYouMean(text, keys, "units") ??
      "add it under `organizationalUnits`",
  );
  return undefined;
}

/** A unit of that name elsewhere in the tree: people leave out the units above. */
function nearest(path: OuPath, units: ResolvedUnits): string | undefined {
  const name = path.at(-1);
  const same = [...units.values()].filter((unit) => unit.desired.path.at(-1) === name);
  return same.length === 1 && same[0] !== undefined
    ? `did you mean \`${same[0].key}\`?`
    : undefined;
}
