import { identifierPatterns } from "../core/identifiers.ts";
import type { Address } from "../core/plan.ts";

/** A thing of a service by the parts of its address: `SERVICE/KIND[:NAME][@PLACE]`. */
export interface ThingName {
  readonly service: string;
  readonly kind: string;
  readonly name?: string;
  /** Account, Region, or `ACCOUNT/REGION`. */
  readonly place?: string;
}

/** Takes apart the address of a service's thing; `undefined` for one of the organization itself. */
export function thingName(address: Address): ThingName | undefined {
  const [, service, kind, rest = ""] =
    /^([a-z0-9-]+)\/([A-Za-z][A-Za-z0-9-]*)(.*)$/s.exec(address) ?? [];
  if (service === undefined || kind === undefined) return undefined;
  const at = rest.lastIndexOf("@");
  const place = at < 0 ? undefined : rest.slice(at + 1);
  const name = (at < 0 ? rest : rest.slice(0, at)).replace(/^:/, "");
  return {
    service,
    kind,
    ...(name === "" ? {} : { name }),
    ...(place === undefined ? {} : { place }),
  };
}

/** A kind in words: `archiveRule` as `archive rule`. */
export function kindInWords(kind: string): string {
  return kind.replace(/([a-z0-9])([A-Z])/g, (_, a: string, b: string) => `${a} ${b.toLowerCase()}`);
}

/** A place in words: `Audit, eu-west-1`. */
export function placeInWords(place: string): string {
  const slash = place.lastIndexOf("/");
  const tail = place.slice(slash + 1);
  return slash > 0 && identifierPatterns.region.test(tail)
    ? `${place.slice(0, slash)}, ${tail}`
    : place;
}
