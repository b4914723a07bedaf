import type { CloudTrailEvent } from "../core/event.ts";
import { isJsonObject } from "../core/json.ts";
import { flag, member, request, requestList, text } from "./read-event.ts";

/** The features and data sources of GuardDuty that a call switches off, by name. */
export function disabledFeatures(event: CloudTrailEvent): readonly string[] {
  const features = requestList(event, "features").flatMap((feature) => {
    const name = text(member(feature, "name")) ?? "a feature";
    const more = requestAdditional(feature).map((one) => `${name}/${one}`);
    return isOff(feature) ? [name, ...more] : more;
  });
  return [...features, ...offSources(request(event, "dataSources"), "")];
}

function isOff(feature: unknown): boolean {
  return (
    text(member(feature, "status")) === "DISABLED" || text(member(feature, "autoEnable")) === "NONE"
  );
}

function requestAdditional(feature: unknown): readonly string[] {
  const list = member(feature, "additionalConfiguration");
  return Array.isArray(list)
    ? list.filter(isOff).map((one) => text(member(one, "name")) ?? "a part")
    : [];
}

/** Data sources are nested: `{ kubernetes: { auditLogs: { enable: false } } }`. */
function offSources(value: unknown, path: string): readonly string[] {
  if (!isJsonObject(value) || path.length > 200) return [];
  return Object.entries(value).flatMap(([name, inner]) => {
    const here = path === "" ? name : `${path}.${name}`;
    // Some sources are a flag by themselves: `ebsVolumes: false`.
    const isOff = [inner, member(inner, "enable"), member(inner, "autoEnable")].some(
      (one) => flag(one) === false,
    );
    return isOff ? [here] : offSources(inner, here);
  });
}
