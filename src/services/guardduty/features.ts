import type { JsonObject } from "../../core/json.ts";
import { guardDutyFacts } from "../../data/guardduty-facts.ts";
import type { FeatureBlock } from "./schema.ts";

/** To whom the organization's configuration brings something. */
export type AutoEnable = "ALL" | "NEW" | "NONE";

/** Settings by `FEATURE` and `FEATURE/ADDITIONAL_CONFIGURATION`. */
export type Settings<T> = Readonly<Record<string, T>>;

/** A feature as the operations take and give it. */
interface ApiFeature {
  readonly Name?: string | undefined;
  readonly Status?: string | undefined;
  readonly AutoEnable?: string | undefined;
  readonly ManagedBy?: string | undefined;
  readonly AdditionalConfiguration?: readonly ApiFeature[] | undefined;
}

/** Features of the block, by key. */
export function blockFeatures(
  features: Readonly<Record<string, FeatureBlock>> | undefined,
): Settings<AutoEnable> {
  const settings: Record<string, AutoEnable> = {};
  for (const [name, feature] of Object.entries(features ?? {})) {
    if (typeof feature === "string") {
      settings[name] = feature;
      continue;
    }
    settings[name] = feature.autoEnable;
    for (const [inner, autoEnable] of Object.entries(feature.additional ?? {})) {
      settings[`${name}/${inner}`] = autoEnable;
    }
  }
  return settings;
}

/** Features of an answer, by key: `Status` as true or false, `AutoEnable` as it is. */
export function readSettings<T>(
  features: readonly ApiFeature[] | undefined,
  read: (feature: ApiFeature) => T | undefined,
): Settings<T> {
  const settings: Record<string, T> = {};
  const note = (key: string, feature: ApiFeature): void => {
    const value = read(feature);
    if (value !== undefined) settings[key] = value;
  };
  for (const feature of features ?? []) {
    if (!known.has(feature.Name ?? "")) continue;
    note(feature.Name ?? "", feature);
    for (const inner of feature.AdditionalConfiguration ?? []) {
      note(`${feature.Name}/${inner.Name}`, inner);
    }
  }
  return settings;
}

/** Whether features are on, of an answer. */
export function readFlags(features: readonly ApiFeature[] | undefined): Settings<boolean> {
  return readSettings(features, ({ Status }) =>
    Status === undefined ? undefined : Status === "ENABLED",
  );
}

/** Features of an answer that a GuardDuty policy manages. */
export function managedFeatures(features: readonly ApiFeature[] | undefined): readonly string[] {
  return (features ?? []).flatMap(({ Name, ManagedBy }) =>
    Name !== undefined && ManagedBy !== undefined ? [Name] : [],
  );
}

/**
 * Features in the form of a request. An additional configuration is only taken with its feature, so
 * the feature goes along as `settings` or `all` has it.
 */
export function writeSettings<T>(
  settings: Settings<T>,
  all: Settings<T>,
  member: "Status" | "AutoEnable",
  write: (value: T) => string,
): JsonObject[] {
  const names = new Set(Object.keys(settings).map((key) => key.split("/")[0] ?? key));
  return [...names].sort().flatMap((name): JsonObject[] => {
    const value = settings[name] ?? all[name];
    if (value === undefined) return [];
    const additional = Object.entries(settings)
      .filter(([key]) => key.startsWith(`${name}/`))
      .map(([key, inner]) => ({ Name: key.slice(name.length + 1), [member]: write(inner) }));
    return [
      {
        Name: name,
        [member]: write(value),
        ...(additional.length === 0 ? {} : { AdditionalConfiguration: additional }),
      },
    ];
  });
}

/** `ENABLED` or `DISABLED`. */
export function statusText(on: boolean): string {
  return on ? "ENABLED" : "DISABLED";
}

/** Whether a policy manages the feature that a key belongs to. */
export function isManaged(managed: readonly string[], key: string): boolean {
  return managed.includes(key.split("/")[0] ?? key);
}

const known: ReadonlySet<string> = new Set(guardDutyFacts.features.map(({ name }) => name));
