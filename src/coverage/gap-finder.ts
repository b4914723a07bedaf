import type { Gap } from "../core/read.ts";
import type { Snapshot } from "../core/snapshot.ts";

/** Finds gaps by a service and what was to be read of it. */
export interface GapFinder {
  /** Whether a read of the service failed. */
  has(service: string): boolean;
  /** The gap of exactly that read. */
  at(service: string, subject: string): Gap | undefined;
  /** The gap of that read, else one below it, else one above it. */
  near(service: string, subject: string): Gap | undefined;
}

/** Gaps of a snapshot by service and subject. */
export function gapFinder({ gaps }: Pick<Snapshot, "gaps">): GapFinder {
  const exact = new Map<string, Gap>();
  const below = new Map<string, Gap>();
  const services = new Set<string>();
  for (const gap of gaps) {
    const [room, service = ""] = gap.subject.split("/");
    if (room !== "services") continue;
    services.add(service);
    if (!exact.has(gap.subject)) exact.set(gap.subject, gap);
    for (const above of parents(gap.subject)) {
      if (!below.has(above)) below.set(above, gap);
    }
  }
  const pathOf = (service: string, subject: string): string =>
    subject === "" ? `services/${service}` : `services/${service}/${subject}`;
  return {
    has: (service) => services.has(service),
    at: (service, subject) => exact.get(pathOf(service, subject)),
    near: (service, subject) => {
      const path = pathOf(service, subject);
      const found = exact.get(path) ?? (subject === "" ? undefined : below.get(path));
      if (found !== undefined) return found;
      for (const above of parents(path)) {
        const gap = exact.get(above);
        if (gap !== undefined) return gap;
      }
      return undefined;
    },
  };
}

/** Paths above a path, down to `services/ID`, the nearest first. */
function* parents(path: string): Generator<string, void, undefined> {
  for (
    let end = path.lastIndexOf("/");
    end > "services/".length;
    end = path.lastIndexOf("/", end - 1)
  ) {
    yield path.slice(0, end);
  }
}
