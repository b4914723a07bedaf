import { isMap, isScalar } from "yaml";
import type { z } from "zod";
import type { JsonObject } from "../core/json.ts";
import type { BlockContext, BlockFile, BlockIssue } from "../core/service-plan.ts";
import { createReport } from "./report.ts";
import { parseYaml } from "./yaml-reader.ts";

/** What the configuration must know of a service: the form of its block and what else holds. */
export interface ServiceBlock {
  readonly schema: z.ZodType;
  filesOf?(block: JsonObject): readonly BlockFile[];
  check(block: JsonObject, context: BlockContext): readonly BlockIssue[];
}

/** The services that `services:` may name; only those that it does name need be loaded. */
export interface ServiceBlocks {
  readonly names: readonly string[];
  readonly loaded: Readonly<Record<string, ServiceBlock>>;
}

/** The names below `services:` in a configuration's text; none when it cannot be parsed. */
export function namedServices(text: string): readonly string[] {
  if (!/^["']?services["']?\s*:/m.test(text)) return [];
  const contents = parseYaml(text, "", createReport())?.contents;
  const services = isMap(contents) ? contents.get("services") : undefined;
  if (!isMap(services)) return [];
  return services.items.flatMap(({ key }) => (isScalar(key) ? [String(key.value)] : []));
}
