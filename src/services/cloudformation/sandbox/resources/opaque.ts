import { generatedName, type ResourceProvider } from "./provider.ts";

/** A resource of a type that the sandbox keeps no state of: it has an id and no effect. Every attribute is its ARN. */
export function opaqueResource(type: string): ResourceProvider {
  return {
    type,
    create: (place) => {
      const physicalId = generatedName(place, 64);
      const service = type.split("::")[1]?.toLowerCase() ?? "";
      const arn = `arn:aws:${service}:${place.region}:${place.account}:${physicalId}`;
      return { physicalId, attributes: { "*": arn } };
    },
    update: (_place, physicalId) => ({ physicalId, attributes: { "*": physicalId } }),
    delete: () => {},
    read: (_place, _physicalId, expected) => expected,
  };
}
