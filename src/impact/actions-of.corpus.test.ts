import { existsSync, readFileSync } from "node:fs";
import { resolve } from "node:path";
import { gunzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { iamActions } from "../data/iam-actions.gen.ts";
import { iamFacts } from "../policy/iam-facts.ts";
import { actionMapper } from "./actions-of.ts";

const table = resolve(
  process.env.ORGRAIL_CORPUS ?? "../shared/corpus",
  "cloudtrail/jsherz/example-cloudtrail-actions.json.gz",
);
const isThere = existsSync(table);

interface Counted {
  readonly eventSource: string;
  readonly eventName: string;
  readonly count: number;
}

/** What an organization counted in its trail: 1,001 pairs of service and event, 9.4 million calls. */
function pairs(): readonly Counted[] {
  const rows: readonly (readonly { readonly field: string; readonly value: string }[])[] =
    JSON.parse(gunzipSync(readFileSync(table)).toString());
  return rows.map((row) => {
    const of = (name: string): string => row.find(({ field }) => field === name)?.value ?? "";
    return {
      eventSource: of("eventSource"),
      eventName: of("eventName"),
      count: Number(of("count(*)")),
    };
  });
}

describe.skipIf(!isThere)(`a trail's counts${isThere ? "" : ": corpus not present"}`, () => {
  it("are of events whose actions are known, but for few", () => {
    const map = actionMapper(iamFacts(iamActions));
    const all = pairs();
    const unmapped = all.flatMap(({ eventSource, eventName, count }) => {
      const mapped = map({ eventSource, eventName, eventType: "AwsApiCall", outcome: "none" });
      return "unmapped" in mapped
        ? [{ name: `${eventSource} ${eventName}: ${mapped.unmapped}`, count }]
        : [];
    });
    const sum = (list: readonly { readonly count: number }[]): number =>
      list.reduce((total, { count }) => total + count, 0);
    expect({
      pairs: `${all.length - unmapped.length} of ${all.length}`,
      calls: `${sum(all) - sum(unmapped)} of ${sum(all)}`,
      unmapped: unmapped.map(({ name }) => name).sort(),
    }).toMatchSnapshot();
  });
});
