import { guardDutyFacts } from "../../../data/guardduty-facts.ts";
import { invalidValue } from "./errors.ts";

/**
 * Settings of features and of their additional configurations, by `FEATURE` and
 * `FEATURE/CONFIGURATION`. Values are shared between accounts and replaced, never changed.
 */
export type FeatureSettings<T> = Readonly<Record<string, T>>;

/** Whether features are on. */
export type FeatureFlags = FeatureSettings<boolean>;

/** To whom the organization's configuration brings features. */
export type AutoEnable = "ALL" | "NEW" | "NONE";

/** A feature as the operations take and give it; the status is `Status` or `AutoEnable`. */
interface FeatureInput {
  readonly Name?: string | undefined;
  readonly Status?: string | undefined;
  readonly AutoEnable?: string | undefined;
  readonly AdditionalConfiguration?: readonly FeatureInput[] | undefined;
}

/** What a new detector has on. */
export const defaultFeatures: FeatureFlags = everyFeature(({ onByDefault }) => onByDefault);

/** A detector with nothing but the foundational data sources. */
export const noFeatures: FeatureFlags = everyFeature(() => false);

/** An organization's configuration at first. */
export const defaultAutoEnable: FeatureSettings<AutoEnable> = everyFeature(() => "NONE" as const);

/** Reads features of a request: `Status` of detectors and members, `AutoEnable` of organizations. */
export function readFeatures<T>(
  features: readonly FeatureInput[] | undefined,
  forMembers: boolean,
  read: (status: string | undefined) => T | undefined,
): FeatureSettings<T> {
  const settings: Record<string, T> = {};
  for (const feature of features ?? []) {
    const known = guardDutyFacts.features.find(({ name }) => name === feature.Name);
    if (known === undefined || (forMembers && !known.forMembers)) throw invalidValue();
    const value = read(feature.Status ?? feature.AutoEnable);
    if (value === undefined) throw invalidValue();
    settings[known.name] = value;
    for (const more of feature.AdditionalConfiguration ?? []) {
      const inner = read(more.Status ?? more.AutoEnable);
      if (inner === undefined || !known.additional.includes(more.Name ?? "")) throw invalidValue();
      settings[`${known.name}/${more.Name}`] = inner;
    }
  }
  const both = ["EKS_RUNTIME_MONITORING", "RUNTIME_MONITORING"];
  // AWS: "Specifying both EKS Runtime Monitoring and Runtime Monitoring will cause an error."
  if (both.every((name) => settings[name] !== undefined)) throw invalidValue();
  return settings;
}

/** `ENABLED` or `DISABLED`. */
export function readStatus(status: string | undefined): boolean | undefined {
  return status === "ENABLED" ? true : status === "DISABLED" ? false : undefined;
}

/** `ALL`, `NEW` or `NONE`. */
export function readAutoEnable(status: string | undefined): AutoEnable | undefined {
  return status === "ALL" || status === "NEW" || status === "NONE" ? status : undefined;
}

/** Features in the form of an answer. */
export function writeFeatures<T, Out>(
  settings: FeatureSettings<T>,
  forMembers: boolean,
  write: (name: string, value: T, key: string) => Out,
): (Out & { readonly AdditionalConfiguration?: readonly Out[] })[] {
  return guardDutyFacts.features
    .filter((feature) => feature.forMembers || !forMembers)
    .map(({ name, additional }) => {
      const more = additional.map((inner) => {
        const key = `${name}/${inner}`;
        return write(inner, settings[key] as T, key);
      });
      const outer = write(name, settings[name] as T, name);
      return { ...outer, ...(more.length === 0 ? {} : { AdditionalConfiguration: more }) };
    });
}

function everyFeature<T>(
  value: (feature: { readonly onByDefault: boolean }) => T,
): Record<string, T> {
  const settings: Record<string, T> = {};
  for (const feature of guardDutyFacts.features) {
    settings[feature.name] = value(feature);
    for (const inner of feature.additional) {
      settings[`${feature.name}/${inner}`] = value({ onByDefault: false });
    }
  }
  return settings;
}
