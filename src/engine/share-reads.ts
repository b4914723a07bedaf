import type { Aws, CallOptions } from "../aws/aws.ts";
import { canonicalJson } from "../core/json.ts";

/**
 * An {@link Aws} for one collect, in which lists that several services ask for (`shared`) are read
 * once: the first who asks reads, the others wait for its answer, or its failure.
 */
export function shareReads(aws: Aws): Aws {
  const lists = new Map<string, Promise<readonly unknown[]>>();
  const shared = (key: string, read: () => Promise<readonly unknown[]>) => {
    const known = lists.get(key);
    if (known !== undefined) return known;
    const reading = read();
    lists.set(key, reading);
    return reading;
  };
  return {
    ...aws,
    pages: async function* (service, operation, input, how: CallOptions = {}) {
      if (how.shared !== true) {
        yield* aws.pages(service, operation, input, how);
        return;
      }
      const key = canonicalJson([service, operation, input, how.account ?? "", how.region ?? ""]);
      const pages = await shared(key, async () => {
        const found: unknown[] = [];
        for await (const page of aws.pages(service, operation, input, how)) found.push(page);
        return found;
      });
      for (const page of pages) yield page as never;
    } as Aws["pages"],
  };
}
