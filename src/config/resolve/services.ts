import { z } from "zod";
import type { Desired, DesiredService } from "../../core/desired.ts";
import { ouPathKey } from "../../core/desired.ts";
import type { Span } from "../../core/diagnostic.ts";
import { isJsonObject, type JsonObject } from "../../core/json.ts";
import type { BlockContext } from "../../core/service-plan.ts";
import { configCodes } from "../codes.ts";
import { pointer } from "../places.ts";
import { quoted } from "../report.ts";
import type { ServiceBlock, ServiceBlocks } from "../service-blocks.ts";
import { type Context, keyAt, spanAt } from "./context.ts";
import { resolvePath } from "./documents.ts";

/** Everything of the desired state that a service's block can be checked against. */
export type CheckedAgainst = Pick<Desired, "accounts" | "organizationalUnits" | "organization">;

/** The form of `services:`: what is loaded by its own schema, all else as it is. */
export function blockSchemas({ names, loaded }: ServiceBlocks): Record<string, z.ZodType> {
  return Object.fromEntries(names.map((id) => [id, loaded[id]?.schema ?? z.unknown()]));
}

/** Reads the services' blocks, with the files that they name, and checks them. */
export function resolveServices(
  context: Context,
  blocks: ServiceBlocks | undefined,
  against: CheckedAgainst,
): Desired["services"] {
  const found: Record<string, DesiredService> = {};
  for (const [id, value] of Object.entries(context.config.services ?? {})) {
    const service = blocks?.loaded[id];
    if (service === undefined || value === undefined) continue;
    // What does not fit the schema has been reported with its place, and is cut out: whatever is
    // left is checked all the same, so that all mistakes are told at once.
    const cut = new Set<string>();
    const parsed = service.schema.safeParse(withoutHoles(value, "", cut));
    if (!parsed.success || !isJsonObject(parsed.data)) continue;
    found[id] = resolveService(context, id, service, parsed.data, against, cut);
  }
  return Object.keys(found).length === 0 ? undefined : found;
}

function resolveService(
  context: Context,
  id: string,
  service: ServiceBlock,
  block: JsonObject,
  against: CheckedAgainst,
  cut: ReadonlySet<string>,
): DesiredService {
  const at = pointer(["services", id]);
  const files = filesOf(context, service, block, at);
  for (const issue of service.check(block, blockContext(against, files))) {
    const { severity, code, path, summary, help } = issue;
    const span = spanAt(context, at + wholePart(path, cut));
    context.report.add({ severity, code, summary, help, span });
  }
  return { block, span: keyAt(context, at), places: placesBelow(context, at), files };
}

/** A value without the items that were cut out of its lists; notes the lists that lost some. */
function withoutHoles(value: unknown, at: string, cut: Set<string>): unknown {
  if (Array.isArray(value)) {
    if (value.includes(undefined)) cut.add(at);
    return value.flatMap((item, index) =>
      item === undefined ? [] : [withoutHoles(item, `${at}/${index}`, cut)],
    );
  }
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, member]) => [
      key,
      withoutHoles(member, at + pointer([key]), cut),
    ]),
  );
}

/** A path as a pointer, up to the first list whose items do not stand where they did. */
function wholePart(path: readonly (string | number)[], cut: ReadonlySet<string>): string {
  for (let length = 0; length <= path.length; length++) {
    const part = pointer(path.slice(0, length));
    if (cut.has(part) || length === path.length) return part;
  }
  return "";
}

function blockContext(
  { accounts, organizationalUnits, organization }: CheckedAgainst,
  files: Readonly<Record<string, string>>,
): BlockContext {
  const { managementAccountId, homeRegion, governedRegions } = organization;
  const management = accounts.find(({ id }) => id !== undefined && id === managementAccountId);
  return {
    accounts: new Set(accounts.map(({ name }) => name)),
    closing: new Set(accounts.filter(({ close }) => close).map(({ name }) => name)),
    ...(management === undefined ? {} : { managementAccount: management.name }),
    organizationalUnits: new Set([
      "Root",
      ...organizationalUnits.map(({ path }) => ouPathKey(path)),
    ]),
    ...(homeRegion === undefined ? {} : { homeRegion }),
    governedRegions,
    files,
  };
}

function filesOf(
  context: Context,
  service: ServiceBlock,
  block: JsonObject,
  at: string,
): Record<string, string> {
  const texts: Record<string, string> = {};
  for (const { file, path } of service.filesOf?.(block) ?? []) {
    const text = context.readFile(resolvePath(context.file, file));
    if (text !== undefined) {
      texts[file] = text;
      continue;
    }
    context.report.error(
      configCodes.fileMissing,
      `${quoted(file)} cannot be read`,
      spanAt(context, at + pointer(path)),
      "paths are relative to the configuration's folder",
    );
  }
  return texts;
}

function placesBelow(context: Context, at: string): Record<string, Span> {
  const places: Record<string, Span> = {};
  for (const [place, { span }] of context.places) {
    if (place === at || place.startsWith(`${at}/`)) places[place.slice(at.length)] = span;
  }
  return places;
}
