import { access } from "node:fs/promises";
import { resolve } from "node:path";
import { InputError } from "../../../core/app-error.ts";
import type { DesiredSink } from "../../../core/desired.ts";
import { identifierPatterns, parseArn } from "../../../core/identifiers.ts";
import { eventRules } from "../../../engine/watch/event-patterns.ts";
import { forwardTemplate, watchTemplate } from "../../../engine/watch/watch-template.ts";
import { writeFileAtomically } from "../../../store/atomic-file.ts";
import type { Run } from "../../command.ts";
import { chosenRules } from "../../events/chosen-rules.ts";
import { readConfigIfAny } from "../../events/config-if-any.ts";
import { counted } from "../../words.ts";
import type { WatchDeployOptions } from "./watch-deploy.command.ts";

/** Writes a template, and says how it is deployed. */
export const run: Run<WatchDeployOptions> = async (deps, options) => {
  const { name = "orgrail-watch", forwardTo, organization } = options;
  check(options, name);
  const config = await readConfigIfAny(deps, options);
  const file = options.out ?? "orgrail-watch.json";
  const path = resolve(deps.cwd, file);
  if (!options.force && (await exists(path))) {
    throw new InputError(
      "ORGRAIL5375",
      `\`${file}\` exists`,
      [],
      "overwrite it with --force, or name another by --out",
    );
  }
  const rules = eventRules(chosenRules(options.rule));
  const sinks = config?.desired.watch?.sinks ?? [];
  const template =
    forwardTo === undefined
      ? watchTemplate({
          rules,
          name,
          ownKey: options.kms,
          ...(options.principal === undefined ? {} : { principal: options.principal }),
          ...(organization === undefined ? {} : { organizationId: organization }),
          ...sinksInAws(sinks),
        })
      : forwardTemplate(rules, name, forwardTo);
  await writeFileAtomically(path, `${JSON.stringify(template, undefined, 2)}\n`, 0o644);
  const regions = config?.desired.organization.governedRegions ?? [];
  const deploy =
    `aws cloudformation deploy --region us-east-1 --stack-name ${name} --template-file ${file} ` +
    "--capabilities CAPABILITY_NAMED_IAM";
  return {
    result: {
      file,
      rules: rules.length,
      template,
      ...(forwardTo === undefined ? {} : { regions }),
    },
    text: () =>
      forwardTo === undefined
        ? [
            `wrote ${file}: ${counted(rules.length, "rule")} of EventBridge, the queue ${deps.paint.bold(name)}, and the role ${deps.paint.bold(`${name}-watcher`)}`,
            "",
            "Deploy it in the management account, in the Region of global services:",
            "",
            deps.paint.dim(deploy),
          ].join("\n")
        : [
            `wrote ${file}: ${counted(rules.length, "rule")} of EventBridge that send to ${forwardTo}`,
            "",
            "Deploy it to member accounts, in every Region in use, with this block of orgrail.yaml:",
            "",
            deps.paint.dim(stackSet(name, file, regions)),
            "",
            `A stack set reaches no management account. In ${regionOf(forwardTo)} it has the rules of the queue; for its other`,
            "Regions, with credentials of it:",
            "",
            deps.paint.dim(inManagementAccount(name, file, regions, regionOf(forwardTo))),
          ].join("\n"),
    next:
      forwardTo === undefined
        ? nextSteps(organization !== undefined)
        : "Accounts that are made later are reached by the stack set; a Region that is added takes both steps again.",
  };
};

const principalPattern =
  /^arn:aws[a-z-]*:(?:iam::\d{12}:(?:root|(?:role|user)\/[^*?]+)|sts::\d{12}:assumed-role\/[^*?]+)$/;

function check({ organization, forwardTo, principal }: WatchDeployOptions, name: string): void {
  const fail = (what: string, hint: string): InputError =>
    new InputError("ORGRAIL5376", what, [], hint);
  // The longest name that is made of it is that of the role.
  if (!/^[A-Za-z][A-Za-z0-9-]{0,39}$/.test(name)) {
    throw fail(`\`${name}\` cannot begin names`, "letters, digits and hyphens, at most 40");
  }
  if (organization !== undefined && !identifierPatterns.organization.test(organization)) {
    throw fail(`\`${organization}\` is no id of an organization`, "it looks like o-abc1234567");
  }
  // A star would let all of AWS take the role.
  if (principal !== undefined && !principalPattern.test(principal)) {
    throw fail(
      `\`${principal}\` is no ARN of a principal of IAM`,
      "it looks like arn:aws:iam::111122223333:role/watcher",
    );
  }
  if (forwardTo === undefined) return;
  const arn = parseArn(forwardTo);
  if (arn?.service !== "events" || !/^event-bus\/./.test(arn.resource)) {
    throw fail(
      `\`${forwardTo}\` is no ARN of an event bus`,
      "it is the output BusArn of the stack that `orgrail watch deploy --organization` makes",
    );
  }
}

function sinksInAws(sinks: readonly DesiredSink[]): {
  readonly topics: readonly string[];
  readonly hubs: readonly { readonly account: string; readonly region: string }[];
} {
  const targets = sinks.map(({ target }) => target);
  return {
    topics: targets.flatMap((target) => (target.type === "sns" ? [target.topic] : [])),
    hubs: targets.flatMap((target) => (target.type === "security-hub" ? [target] : [])),
  };
}

function nextSteps(hasBus: boolean): string {
  const rest = hasBus
    ? "Then `orgrail watch deploy --forward-to` with its output BusArn, for members and other Regions."
    : "It takes what happens in the management account, in that Region; --organization adds a bus for the rest.";
  return `Next: \`orgrail watch\` with the stack's output QueueUrl, in the role of its output WatcherRoleArn. ${rest}`;
}

function regionOf(bus: string): string {
  return parseArn(bus)?.region ?? "";
}

/** Where the file does not say, two that show how it is written. */
const someRegions: readonly string[] = ["us-east-1", "eu-west-1"];
const allOfThem = "# all that are in use";

function stackSet(name: string, file: string, regions: readonly string[]): string {
  const list =
    regions.length === 0
      ? `[${someRegions.join(", ")}]       ${allOfThem}`
      : `[${regions.join(", ")}]`;
  return [
    "services:",
    "  cloudformation:",
    "    stackSets:",
    `      - name: ${name}-forward`,
    `        template: ${file}`,
    `        regions: ${list}`,
    "        organizationalUnits: [Root]",
    "        capabilities: [CAPABILITY_IAM]",
  ].join("\n");
}

/** A stack for each Region of the account that has the bus, but the bus's own. */
function inManagementAccount(
  name: string,
  file: string,
  regions: readonly string[],
  busRegion: string,
): string {
  const others = (regions.length === 0 ? someRegions : regions).filter((one) => one !== busRegion);
  if (others.length === 0) return "# there is no other Region in orgrail.yaml";
  return [
    `for region in ${others.join(" ")}; do${regions.length === 0 ? `       ${allOfThem}` : ""}`,
    `  aws cloudformation deploy --region "$region" --stack-name ${name}-forward \\`,
    `    --template-file ${file} --capabilities CAPABILITY_IAM`,
    "done",
  ].join("\n");
}

async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}
