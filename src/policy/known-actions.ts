import { type EncodedIamFacts, iamFacts } from "./iam-facts.ts";

/** All actions of the Service Authorization Reference, as `s3:GetObject`, sorted. */
export function knownActions(data: EncodedIamFacts): readonly string[] {
  const facts = iamFacts(data);
  return facts.prefixes.flatMap((prefix) => {
    const service = facts.service(prefix);
    return [...(service?.actions.values() ?? [])].map(({ name }) => `${prefix}:${name}`);
  });
}
