import { describe, expect, test } from "vitest";
import { allowsEverything } from "./documents.ts";

const statement = (elements: string): string =>
  `{"Version":"2012-10-17","Statement":[{"Effect":"Allow",${elements}}]}`;

describe("allowsEverything", () => {
  test.each([
    ["`*`", statement('"Action":"*","Resource":"*"')],
    ["`*` among others", statement('"Action":["s3:Get*","*"],"Resource":["arn:aws:s3:::a","*"]')],
    ["`*:*`", statement('"Action":"*:*","Resource":"*"')],
    ["an escaped star", statement('"Action":"\\u002a","Resource":"\\u002A"')],
    ["an escaped name", statement('"Not\\u0041ction":[],"Resource":"*"')],
    ["NotAction of nothing", statement('"NotAction":[],"Resource":"*"')],
    ["no resource", statement('"Action":"*"')],
    ["white space", statement('"Action" : [ \n "*" ] , "Resource" : "*"')],
    ["URL-encoded", encodeURIComponent(statement('"Action":"*","Resource":"*"'))],
    ["the value itself", JSON.parse(statement('"Action":"*","Resource":"*"'))],
  ])("%s", (_, document) => {
    expect(allowsEverything(document)).toBe(true);
  });

  test.each([
    ["some actions", statement('"Action":"s3:*","Resource":"*"')],
    ["some resources", statement('"Action":"*","Resource":"arn:aws:s3:::a/*"')],
    ["all but some", statement('"NotAction":"iam:*","Resource":"*"')],
    ["a Deny", statement('"Action":"*","Resource":"*"').replace("Allow", "Deny")],
    ["no star", statement('"Action":["s3:GetObject"],"Resource":["arn:aws:s3:::a/b"]')],
    ["no policy", '"*"'],
    ["broken JSON", statement('"Action":"*","Resource":"*"').slice(0, -1)],
    ["a broken URL encoding", "%7B%ZZ*"],
    ["nothing", undefined],
    ["a number", 1],
  ])("not %s", (_, document) => {
    expect(allowsEverything(document)).toBe(false);
  });
});
