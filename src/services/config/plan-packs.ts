import type { OrganizationConformancePack } from "@aws-sdk/client-config-service";
import type { RegionName } from "../../core/identifiers.ts";
import { canonicalJson, type Json, type JsonObject } from "../../core/json.ts";
import type { Address } from "../../core/plan.ts";
import { configQuotas } from "../../data/config-quotas.ts";
import { thingAddress } from "../kit/address.ts";
import { isRegionEnabled } from "../kit/scope.ts";
import { packFacet } from "./organization-facets.ts";
import { digestParameter, markTemplate } from "./pack-template.ts";
import { excludedAccounts } from "./plan-rules.ts";
import { administratorNeeds, at, type Planning } from "./planning.ts";
import type { PackBlock } from "./schema.ts";
import { tellStatus } from "./tell-status.ts";

/** Plans the conformance packs of every Region; gives the addresses of those that go. */
export function planPacks(planning: Planning, recorders: readonly Address[]): readonly Address[] {
  const { block, state, owner, changes, compared, foreign } = planning;
  const removed: Address[] = [];
  for (const region of planning.regions) {
    if (!isRegionEnabled(owner, region)) continue;
    const read = owner.exists ? state.organization[region] : { packs: {} };
    if (read?.packs === undefined) continue; // A gap says why it was not read.
    const left = new Map(Object.entries(read.packs));
    for (const [index, pack] of block.conformancePacks.entries()) {
      if (pack.regions?.includes(region) === false) continue;
      const before = read.packs[pack.name] ?? null;
      const address = addressOf(planning, region, pack.name);
      left.delete(pack.name);
      compared.push(address);
      const path = ["conformancePacks", index];
      if (block.remove === true || pack.remove === true) {
        if (before === null) continue;
        removed.push(address);
        changes.push({
          ...at(owner, region),
          operation: "DeleteOrganizationConformancePack",
          address,
          action: "delete",
          input: { OrganizationConformancePackName: pack.name },
          before,
          after: null,
          reason: "the file says `remove: true`",
          risk: "protection",
          path,
          phase: "undo",
        });
        continue;
      }
      const key = `conformancePack:${pack.name}`;
      tellStatus(planning, read, {
        key,
        title: `the conformance pack \`${pack.name}\``,
        region,
        path,
      });
      const input = packInput(planning, pack, index);
      if (input === undefined) continue;
      const after = packFacet(input as unknown as OrganizationConformancePack);
      if (before !== null && canonicalJson(before) === canonicalJson(after)) continue;
      changes.push({
        ...at(owner, region),
        operation: "PutOrganizationConformancePack",
        address,
        action: before === null ? "create" : "update",
        input,
        before,
        after,
        reason: before === null ? "the file wants this pack" : "the file has it otherwise",
        path,
        needs: [...administratorNeeds(planning), ...recorders],
      });
    }
    for (const name of left.keys()) {
      foreign.push({ address: addressOf(planning, region, name), id: name });
    }
  }
  return removed;
}

/** The pack as the API takes it; `undefined` when its template was not read, or cannot be used. */
function packInput(planning: Planning, pack: PackBlock, index: number): JsonObject | undefined {
  const text =
    pack.awsTemplate === undefined
      ? pack.template === undefined
        ? undefined
        : planning.files[pack.template]
      : awsTemplate(planning, pack.awsTemplate, index);
  if (pack.templateS3Uri === undefined && text === undefined) return undefined;
  const marked = text === undefined ? undefined : markTemplate(text);
  const parameters = [
    ...Object.entries(pack.parameters ?? {}),
    ...(marked === undefined ? [] : [[digestParameter, marked.digest] as const]),
  ];
  return {
    OrganizationConformancePackName: pack.name,
    ...(marked === undefined
      ? { TemplateS3Uri: pack.templateS3Uri ?? "" }
      : { TemplateBody: marked.text }),
    ...(pack.deliveryBucket === undefined ? {} : { DeliveryS3Bucket: pack.deliveryBucket }),
    ...(pack.deliveryPrefix === undefined ? {} : { DeliveryS3KeyPrefix: pack.deliveryPrefix }),
    ConformancePackInputParameters: parameters.map(([ParameterName, ParameterValue]) => ({
      ParameterName,
      ParameterValue,
    })),
    ExcludedAccounts: excludedAccounts(planning, pack.excludeAccounts) as readonly Json[],
  };
}

/** The text of a template of AWS's; what is wrong with it is said once, not for every Region. */
function awsTemplate(planning: Planning, name: string, index: number): string | undefined {
  const { state, issues } = planning;
  const text = state.awsTemplates?.[name];
  if (text === undefined) return undefined; // A gap says why it was not read.
  const path = ["conformancePacks", index, "awsTemplate"];
  const say = (code: string, summary: string, help: string): void => {
    if (issues.some((issue) => issue.code === code && issue.path[1] === index)) return;
    issues.push({ severity: "error", code, path, summary, help });
  };
  if (text === null) {
    const summary = `AWS has no template \`${name}\` for conformance packs`;
    const list = "`aws ssm list-documents --filters Key=Owner,Values=Amazon`";
    say("ORGRAIL3123", summary, `take a name of ${list} that begins with \`AWSConformancePacks-\``);
    return undefined;
  }
  const size = new TextEncoder().encode(markTemplate(text).text).length;
  if (size <= configQuotas.templateBodyBytes) return text;
  say(
    "ORGRAIL3124",
    `AWS's template \`${name}\` has ${size} bytes; an organization's pack takes ${configQuotas.templateBodyBytes}`,
    "put it into a bucket and give `templateS3Uri`",
  );
  return undefined;
}

function addressOf({ owner }: Planning, region: RegionName, name: string): Address {
  return thingAddress("config", "conformancePack", { account: owner.name, region }, name);
}
