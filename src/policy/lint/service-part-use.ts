import type { IamFacts } from "../iam-facts.ts";
import { globsOverlap } from "./glob.ts";

/** Whether ARNs of a service hold something in a part. */
export type PartUse = "always" | "never" | "sometimes";

/**
 * Whether the ARNs of a service have a Region and an account; of those resource types only whose
 * form the given last part fits. `undefined` when no resource type is known.
 */
export function servicePartUse(
  service: string,
  facts: IamFacts,
  resource?: string,
): { readonly region: PartUse; readonly account: PartUse } | undefined {
  const known = facts.service(service)?.resourceTypes ?? [];
  const pattern = resource?.replace(/\$\{[^}]*\}/g, "*");
  const arns = known
    .map(({ arn }) => arn.split(":"))
    .filter(
      (parts) =>
        parts[2] === service &&
        (pattern === undefined || globsOverlap(parts.slice(5).join(":"), pattern)),
    );
  if (arns.length === 0) return undefined;
  const use = (index: number): PartUse => {
    const filled = arns.filter((parts) => (parts[index] ?? "") !== "").length;
    if (filled === 0) return "never";
    return filled === arns.length ? "always" : "sometimes";
  };
  return { region: use(3), account: use(4) };
}
