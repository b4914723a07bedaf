import { expect, it } from "vitest";
import type { Aws } from "../aws/aws.ts";
import { shareReads } from "./share-reads.ts";

function fake(): { readonly aws: Aws; readonly asked: string[] } {
  const asked: string[] = [];
  const pages = async function* (
    _: string,
    operation: string,
    __: object,
    how: { region?: string },
  ) {
    asked.push(`${operation} ${how.region ?? ""}`);
    yield { page: 1 };
    if (how.region === "broken") throw new Error("no answer");
    yield { page: 2 };
  };
  return { aws: { pages } as unknown as Aws, asked };
}

const all = async (aws: Aws, region: string, shared: boolean): Promise<readonly unknown[]> => {
  const found: unknown[] = [];
  const how = { region, ...(shared ? { shared } : {}) };
  const pages = aws.pages("config", "DescribeOrganizationConfigRules", {}, how);
  for await (const page of pages) found.push(page);
  return found;
};

it("reads a shared list once in a place, for all who ask", async () => {
  const { aws, asked } = fake();
  const run = shareReads(aws);
  const answers = await Promise.all([
    all(run, "a", true),
    all(run, "a", true),
    all(run, "b", true),
  ]);
  expect(answers).toEqual(Array(3).fill([{ page: 1 }, { page: 2 }]));
  expect(asked).toHaveLength(2);
  await all(run, "a", false);
  expect(asked).toHaveLength(3);
  await all(shareReads(aws), "a", true);
  expect(asked).toHaveLength(4);
});

it("gives its failure to all who ask", async () => {
  const { aws, asked } = fake();
  const run = shareReads(aws);
  const outcomes = await Promise.allSettled([all(run, "broken", true), all(run, "broken", true)]);
  expect(outcomes.map(({ status }) => status)).toEqual(["rejected", "rejected"]);
  expect(asked).toHaveLength(1);
});
