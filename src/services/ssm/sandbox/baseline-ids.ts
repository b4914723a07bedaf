import { createHash } from "node:crypto";
import { systemsManagerFacts } from "../../../data/systems-manager.ts";
import type { HandlerContext, ServiceError } from "../../../sandbox/service.ts";
import { invalid } from "./errors.ts";
import { stateOf } from "./state.ts";

/** The account in which AWS keeps its own patch baselines. */
const awsAccount = "075727635805";

/** A patch baseline of AWS in a Region. */
export interface AwsBaseline {
  readonly id: string;
  readonly arn: string;
  readonly name: string;
  readonly operatingSystem: string;
}

/** AWS's patch baselines in the Region of a request. */
export function awsBaselines({ region }: Pick<HandlerContext, "region">): readonly AwsBaseline[] {
  return Object.entries(systemsManagerFacts.awsBaselines).map(([operatingSystem, name]) => {
    const digest = createHash("sha256").update(`${region} ${name}`).digest("hex");
    const id = `pb-0${digest.slice(0, 16)}`;
    const arn = `arn:aws:ssm:${region}:${awsAccount}:patchbaseline/${id}`;
    return { id, arn, name, operatingSystem };
  });
}

/** A patch baseline's id, of an id or an ARN. */
export function baselineId(given = ""): string {
  return given.split("/").at(-1) ?? "";
}

/** A patch baseline of the account's own or of AWS, by its id or ARN. */
export function findBaseline(
  context: HandlerContext,
  given: string | undefined,
):
  | {
      /** AWS's are shown by their ARN. */
      readonly shownId: string;
      readonly name: string;
      readonly operatingSystem: string;
      readonly description?: string | undefined;
    }
  | undefined {
  const id = baselineId(given);
  const own = stateOf(context).baselines?.get(id)?.content;
  if (own !== undefined) {
    const { Name: name = "", OperatingSystem: operatingSystem = "WINDOWS", Description } = own;
    return { shownId: id, name, operatingSystem, description: Description };
  }
  const aws = awsBaselines(context).find((one) => one.id === id);
  return aws === undefined ? undefined : { ...aws, shownId: aws.arn };
}

/** The default patch baseline of an operating system: its id, of AWS's its ARN. */
export function defaultOf(context: HandlerContext, operatingSystem: string): string | undefined {
  const chosen = stateOf(context).defaults?.get(operatingSystem);
  if (chosen !== undefined) return chosen;
  return awsBaselines(context).find((one) => one.operatingSystem === operatingSystem)?.arn;
}

/** The rules of a list's pages. */
export function nextPage(
  list: string,
  size: number,
): {
  readonly list: string;
  readonly defaultSize: number;
  readonly maxSize: number;
  readonly invalid: (member: string) => ServiceError;
} {
  return {
    list,
    defaultSize: size,
    maxSize: size,
    invalid: (member) => invalid(`Invalid ${member}`),
  };
}
