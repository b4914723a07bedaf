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
  const deploy =
    `aws cloudformation deploy --region us-east-1 --stack-name ${name} --template-file ${file} ` +
    "--capabilities CAPABILITY_NAMED_IAM";
  return {
    result: { file, rules: rules.length, template },
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
            "Deploy it to members and to other Regions with this block of orgrail.yaml:",
            "",
            deps.paint.dim(stackSet(name, file)),
          ].join("\n"),
    next:
      forwardTo === undefined
        ? "Next: `orgrail watch` with the stack's output QueueUrl, in the role of its output WatcherRoleArn."
        : "A stack set reaches no management account: deploy it there by hand, in its other Regions.",
  };
};

function check({ organization, forwardTo }: WatchDeployOptions, name: string): void {
  const fail = (what: string, hint: string): InputError =>
    new InputError("ORGRAIL5376", what, [], hint);
  // The longest name that is made of it is that of the role.
  if (!/^[A-Za-z][A-Za-z0-9-]{0,39}$/.test(name)) {
    throw fail(`\`${name}\` cannot begin names`, "letters, digits and hyphens, at most 40");
  }
  if (organization !== undefined && !identifierPatterns.organization.test(organization)) {
    throw fail(`\`${organization}\` is no id of an organization`, "it looks like o-abc1234567");
  }
  if (forwardTo === undefined) return;
  const arn = parseArn(forwardTo);
  if (arn?.service !== "events" || !arn.resource.startsWith("event-bus/")) {
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

function stackSet(name: string, file: string): string {
  return [
    "services:",
    "  cloudformation:",
    "    stackSets:",
    `      - name: ${name}-forward`,
    `        template: ${file}`,
    "        regions: [us-east-1, eu-west-1]       # all that are governed",
    "        organizationalUnits: [Root]",
    "        capabilities: [CAPABILITY_IAM]",
  ].join("\n");
}

async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}
