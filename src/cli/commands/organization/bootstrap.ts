import { access } from "node:fs/promises";
import { basename, resolve } from "node:path";
import { AppError, InputError } from "../../../core/app-error.ts";
import { identifierPatterns } from "../../../core/identifiers.ts";
import { iamQuotas } from "../../../data/iam-quotas.ts";
import { bootstrapTemplate } from "../../../engine/bootstrap-template.ts";
import { rolePolicies } from "../../../engine/role-policies.ts";
import { services as registry } from "../../../services/registry.ts";
import type { Service } from "../../../services/service.ts";
import { writeFileAtomically } from "../../../store/atomic-file.ts";
import type { Run } from "../../command.ts";
import { connect } from "../../connect.ts";
import type { Deps } from "../../deps.ts";
import { type ReadConfig, readConfig } from "../../read-config.ts";
import { counted } from "../../words.ts";
import type { BootstrapCommandOptions } from "./bootstrap.command.ts";

/** Writes the template, and says how it is deployed. */
export const run: Run<BootstrapCommandOptions> = async (deps, options) => {
  const config = await configOf(deps, options);
  const services = await servicesOf(options, config);
  const managementAccountId = await managementAccountOf(deps, options, config);
  const readRole =
    options.readRole ?? config?.desired.organization.memberRoles?.read ?? "OrgrailRead";
  const writeRole =
    options.writeRole ?? config?.desired.organization.memberRoles?.write ?? "OrgrailWrite";
  const file = options.out ?? "orgrail-roles.json";
  const path = resolve(deps.cwd, file);
  if (!options.force && (await exists(path))) {
    throw new InputError(
      "ORGRAIL5050",
      `\`${file}\` exists`,
      [],
      "overwrite it with --force, or name another by --out",
    );
  }
  const template = bootstrapTemplate({
    services,
    managementAccountId,
    readRole,
    writeRole,
    principals: options.principal,
    writePrincipals: options.writePrincipal,
  });
  const attached = rolePolicies(services, "read").length + rolePolicies(services, "write").length;
  if (attached > iamQuotas.managedPoliciesPerRole) {
    throw new AppError(
      "ORGRAIL5051",
      `the role to apply would need ${attached} managed policies; AWS attaches ${iamQuotas.managedPoliciesPerRole}`,
      { exit: "usage", hint: "name fewer services by --service" },
    );
  }
  await writeFileAtomically(path, `${JSON.stringify(template, undefined, 2)}\n`);
  const block = blocks(
    basename(file),
    readRole,
    writeRole,
    config?.desired.organization.homeRegion,
  );
  return {
    result: {
      file,
      managementAccountId,
      readRole,
      writeRole,
      services: services.map(({ id }) => id),
      readActions: actionsOf(services, "read"),
      writeActions: actionsOf(services, "write"),
      template,
    },
    exit: "done",
    text: () =>
      [
        `wrote ${file}: the roles ${deps.paint.bold(readRole)} (${counted(actionsOf(services, "read").length, "action")}) and ` +
          `${deps.paint.bold(writeRole)} (${counted(actionsOf(services, "write").length, "action")} more) for ${counted(services.length, "service")}`,
        "",
        "Deploy it to every member account with these blocks of orgrail.yaml:",
        "",
        deps.paint.dim(block),
      ].join("\n"),
    next:
      "Next: add the blocks, `orgrail apply`, and only then `memberRoles`; the management account " +
      "needs no role, for orgrail runs there with your credentials.",
  };
};

function blocks(file: string, read: string, write: string, home = "us-east-1"): string {
  return [
    "services:",
    "  cloudformation:",
    "    stackSets:",
    "      - name: orgrail-roles",
    `        template: ${file}`,
    `        regions: [${home}]                    # IAM is global: one is enough`,
    "        organizationalUnits: [Root]",
    "        capabilities: [CAPABILITY_NAMED_IAM]",
    "organization:",
    `  memberRoles: { read: ${read}, write: ${write} }`,
  ].join("\n");
}

function actionsOf(services: readonly Service[], kind: "read" | "write"): readonly string[] {
  return [...new Set(services.flatMap(({ permissions }) => permissions[kind]))].sort();
}

/** The configuration, where there is one; `--service` needs none. */
async function configOf(
  deps: Deps,
  options: BootstrapCommandOptions,
): Promise<ReadConfig | undefined> {
  if (options.service.length > 0 && deps.global.config === undefined) return undefined;
  return readConfig(deps, options);
}

async function servicesOf(
  { service: named }: BootstrapCommandOptions,
  config: ReadConfig | undefined,
): Promise<readonly Service[]> {
  const ofConfig = config?.services.map(({ id }) => id) ?? [];
  const wanted = named.length > 0 ? named : ofConfig.length > 0 ? ofConfig : Object.keys(registry);
  const unknown = wanted.filter((id) => !Object.hasOwn(registry, id));
  if (unknown.length > 0) {
    throw new InputError(
      "ORGRAIL5052",
      `no service is called ${unknown.map((id) => `\`${id}\``).join(", ")}`,
      [],
      `services are ${Object.keys(registry).sort().join(", ")}`,
    );
  }
  const loaded = await Promise.all(wanted.map((id) => registry[id]?.()));
  return loaded.filter((service) => service !== undefined);
}

async function managementAccountOf(
  deps: Deps,
  { managementAccount }: BootstrapCommandOptions,
  config: ReadConfig | undefined,
): Promise<string> {
  const told = managementAccount ?? config?.desired.organization.managementAccountId;
  if (told !== undefined) {
    if (identifierPatterns.account.test(told)) return told;
    throw new InputError(
      "ORGRAIL5053",
      `\`${told}\` is no id of an account`,
      [],
      "an account id has 12 digits",
    );
  }
  const aws = await connect(deps);
  try {
    const { Organization } = await aws.call(
      "organizations",
      "DescribeOrganization",
      {},
      { signal: deps.signal },
    );
    if (Organization?.MasterAccountId === undefined) {
      throw new AppError(
        "ORGRAIL5032",
        "AWS described an organization without a management account",
      );
    }
    return Organization.MasterAccountId;
  } finally {
    aws.close();
  }
}

async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}
