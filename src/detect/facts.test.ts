import { describe, expect, test } from "vitest";
import { exampleDesired } from "./example/facts.ts";
import { type DetectFacts, detectFacts } from "./facts.ts";

/** What is known when the configuration names one thing of the way of alerts. */
function factsWith(alertPath: string): DetectFacts {
  const detection = { ...exampleDesired.detection, allow: [], alertPath: [alertPath] };
  return detectFacts({ desired: { ...exampleDesired, detection } });
}

describe("things are found by names and by ARNs", () => {
  const here = "eu-west-1:333333333333";
  test.each([
    ["alerts", "alerts"],
    ["alert*", `arn:aws:sns:${here}:alerts`],
    [`arn:aws:sns:${here}:alerts`, "alerts"],
    [`arn:aws:sns:*:*:alerts`, `arn:aws:sns:${here}:alerts`],
    [`arn:aws:events:${here}:rule/alerts`, "alerts"],
    [`arn:aws:events:${here}:rule/bus/alerts`, "alerts"],
    [`arn:aws:lambda:${here}:function:alerts`, "alerts"],
    [`arn:aws:lambda:${here}:function:alerts:PROD`, "alerts"],
    ["alerts", `arn:aws:lambda:${here}:function:alerts:PROD`],
    [`arn:aws:logs:${here}:log-group:/acme/alerts:*`, "/acme/alerts"],
    [`arn:aws:logs:${here}:log-group:/acme/*`, "/acme/alerts"],
  ])("%s names %s", (named, thing) => {
    expect(factsWith(named).isOnAlertPath(thing)).toBe(true);
  });

  test.each([
    ["alerts", "alerts-of-others"],
    [`arn:aws:sns:${here}:alerts`, "arn:aws:sns:eu-west-1:444444444444:alerts"],
    [`arn:aws:logs:${here}:log-group:/acme/alerts:*`, "/acme/builds"],
  ])("%s does not name %s", (named, thing) => {
    expect(factsWith(named).isOnAlertPath(thing)).toBe(false);
  });
});
