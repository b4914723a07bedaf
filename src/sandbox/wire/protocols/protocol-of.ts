import type { SandboxService } from "../../service.ts";
import type { Protocol } from "../wire-service.ts";
import { awsJson } from "./aws-json.ts";
import { awsQuery } from "./aws-query.ts";
import { ec2Query } from "./ec2-query.ts";
import { restJson } from "./rest-json.ts";
import { restXml } from "./rest-xml.ts";

const protocols: Readonly<Record<SandboxService["protocol"], Protocol>> = {
  awsJson1_0: awsJson("1.0"),
  awsJson1_1: awsJson("1.1"),
  awsQuery,
  ec2Query,
  restJson1: restJson,
  restXml,
};

/** The protocol that a service speaks. */
export function protocolOf(service: SandboxService): Protocol {
  return protocols[service.protocol];
}
