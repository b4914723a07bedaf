import type { ServiceAction } from "../iam-facts.ts";
import { globMatches } from "./glob.ts";

/** Whether requests of an action can carry a condition key, by the data; key in lower case. */
export function supportsKey({ action }: ServiceAction, key: string): boolean {
  const fits = (name: string): boolean => {
    const known = name.toLowerCase();
    return known === key || (known.includes("*") && globMatches(known, key));
  };
  return (
    action.conditionKeys.some(fits) ||
    action.resourceTypes.some(({ type }) => type.conditionKeys.some(fits))
  );
}
