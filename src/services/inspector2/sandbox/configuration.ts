import type {
  BatchGetMemberEc2DeepInspectionStatusCommandInput,
  BatchGetMemberEc2DeepInspectionStatusCommandOutput,
  BatchUpdateMemberEc2DeepInspectionStatusCommandInput,
  BatchUpdateMemberEc2DeepInspectionStatusCommandOutput,
  Ec2DeepInspectionStatus,
  Ec2ScanMode,
  EcrRescanDurationState,
  FailedMemberAccountEc2DeepInspectionStatusState,
  GetConfigurationCommandInput,
  GetConfigurationCommandOutput,
  GetEc2DeepInspectionConfigurationCommandInput,
  GetEc2DeepInspectionConfigurationCommandOutput,
  MemberAccountEc2DeepInspectionStatusState,
  UpdateConfigurationCommandInput,
  UpdateConfigurationCommandOutput,
  UpdateEc2DeepInspectionConfigurationCommandInput,
  UpdateEc2DeepInspectionConfigurationCommandOutput,
  UpdateOrgEc2DeepInspectionConfigurationCommandInput,
  UpdateOrgEc2DeepInspectionConfigurationCommandOutput,
} from "@aws-sdk/client-inspector2";
import type { AccountId } from "../../../core/identifiers.ts";
import { inspectorFacts } from "../../../data/inspector2-facts.ts";
import type { AnyHandler, HandlerContext } from "../../../sandbox/service.ts";
import { mayReach } from "./accounts.ts";
import { administrationFor, settledState } from "./administration.ts";
import { accessDenied, invalid } from "./errors.ts";
import { ownAdministration } from "./organization.ts";
import { statusOf } from "./scans.ts";
import type { Served } from "./served.ts";
import { type Configuration, regionState } from "./state.ts";

/** What holds until something else is said. */
const initial: Required<Configuration> = {
  ecr: {
    rescanDuration: "DAYS_14",
    pullDateRescanDuration: "DAYS_14",
    pullDateRescanMode: "LAST_IN_USE_AT",
  },
  ec2: { scanMode: "EC2_SSM_AGENT_BASED" },
};

const getConfiguration: Served<GetConfigurationCommandInput, GetConfigurationCommandOutput> = (
  context,
) => {
  const { world, caller, region } = context;
  const own = settledState(world, caller.account, region).configuration ?? {};
  const admin = administrationFor(world, caller.account, region);
  const inherited =
    admin === undefined ? {} : (regionState(world, admin.account, region).configuration ?? {});
  const { ecr, ec2 } = { ...initial, ...inherited, ...own };
  return {
    ecrConfiguration: {
      rescanDurationState: {
        ...(ecr as Pick<EcrRescanDurationState, "rescanDuration">),
        status: "SUCCESS",
        updatedAt: new Date(world.clock.now()),
      },
    },
    ec2Configuration: {
      scanModeState: { scanMode: ec2?.scanMode as Ec2ScanMode, scanModeStatus: "SUCCESS" },
      ...(ec2?.activateVMScanner === undefined
        ? {}
        : { vmScannerState: { activated: ec2.activateVMScanner } }),
    },
  };
};

const updateConfiguration: Served<
  UpdateConfigurationCommandInput,
  UpdateConfigurationCommandOutput
> = (context, input) => {
  const { world, caller, region } = context;
  const account = input.accountId ?? caller.account;
  if (account !== caller.account) {
    ownAdministration(context, "update the configuration of this account");
    if (!mayReach(context, account)) throw accessDenied("this account");
  } else if (settledState(world, account, region).administrator !== undefined) {
    throw accessDenied("update the configuration");
  }
  const state = regionState(world, account, region);
  const inheritance = input.updateConfigurationInheritance;
  if (inheritance !== undefined) {
    if (input.ecrConfiguration !== undefined || input.ec2Configuration !== undefined) {
      throw invalid("Inheritance cannot be combined with a configuration.");
    }
    const { ecr, ec2 } = state.configuration ?? {};
    state.configuration = {
      ...(inheritance.ecrConfiguration !== undefined || ecr === undefined ? {} : { ecr }),
      ...(inheritance.ec2Configuration !== undefined || ec2 === undefined ? {} : { ec2 }),
    };
    return {};
  }
  const { ecrConfiguration: ecr, ec2Configuration: ec2 } = input;
  state.configuration = {
    ...state.configuration,
    ...(ecr === undefined
      ? {}
      : { ecr: { ...initial.ecr, ...state.configuration?.ecr, ...texts(ecr) } }),
    ...(ec2?.scanMode === undefined
      ? {}
      : {
          ec2: {
            scanMode: ec2.scanMode,
            ...(ec2.activateVMScanner === undefined
              ? {}
              : { activateVMScanner: ec2.activateVMScanner }),
          },
        }),
  };
  return {};
};

const getDeepInspection: Served<
  GetEc2DeepInspectionConfigurationCommandInput,
  GetEc2DeepInspectionConfigurationCommandOutput
> = (context) => shapeOf(context);

const updateDeepInspection: Served<
  UpdateEc2DeepInspectionConfigurationCommandInput,
  UpdateEc2DeepInspectionConfigurationCommandOutput
> = (context, input) => {
  const { world, caller, region } = context;
  const state = settledState(world, caller.account, region);
  // AWS: members of an organization cannot deactivate deep inspection.
  if (state.administrator !== undefined && input.activateDeepInspection === false) {
    throw accessDenied("deactivate deep inspection");
  }
  state.deepInspection = {
    active: input.activateDeepInspection ?? state.deepInspection?.active ?? true,
    paths: validPaths(input.packagePaths) ?? state.deepInspection?.paths ?? [],
  };
  return shapeOf(context);
};

const updateOrganizationDeepInspection: Served<
  UpdateOrgEc2DeepInspectionConfigurationCommandInput,
  UpdateOrgEc2DeepInspectionConfigurationCommandOutput
> = (context, input) => {
  const own = ownAdministration(context, "update the organization configuration");
  own.organizationPaths = validPaths(input.orgPackagePaths) ?? [];
  return {};
};

const batchGetDeepInspection: Served<
  BatchGetMemberEc2DeepInspectionStatusCommandInput,
  BatchGetMemberEc2DeepInspectionStatusCommandOutput
> = (context, input) => {
  const own = ownAdministration(context, "get the deep inspection status of member accounts");
  const ids = input.accountIds ?? [...(own.members?.keys() ?? [])];
  return eachMember(context, ids, () => undefined);
};

const batchUpdateDeepInspection: Served<
  BatchUpdateMemberEc2DeepInspectionStatusCommandInput,
  BatchUpdateMemberEc2DeepInspectionStatusCommandOutput
> = (context, input) => {
  ownAdministration(context, "update the deep inspection status of member accounts");
  const wanted = new Map(
    (input.accountIds ?? []).map((given) => [given.accountId ?? "", given.activateDeepInspection]),
  );
  return eachMember(context, [...wanted.keys()], (account) => {
    const state = regionState(context.world, account, context.region);
    state.deepInspection = {
      active: wanted.get(account) === true,
      paths: state.deepInspection?.paths ?? [],
    };
  });
};

function eachMember(
  context: HandlerContext,
  ids: readonly string[],
  work: (account: AccountId) => void,
): {
  accountIds: MemberAccountEc2DeepInspectionStatusState[];
  failedAccountIds: FailedMemberAccountEc2DeepInspectionStatusState[];
} {
  if (ids.length > inspectorFacts.batchSize) throw invalid("Too many account IDs.");
  const accountIds: MemberAccountEc2DeepInspectionStatusState[] = [];
  const failedAccountIds: FailedMemberAccountEc2DeepInspectionStatusState[] = [];
  for (const accountId of ids) {
    if (!mayReach(context, accountId)) {
      const errorMessage = "Invoking account does not have access to this account";
      failedAccountIds.push({ accountId, errorMessage });
      continue;
    }
    work(accountId);
    accountIds.push({ accountId, status: deepStatus(context, accountId) });
  }
  return { accountIds, failedAccountIds };
}

/** Deep inspection comes with the scanning of EC2, and is on unless it is switched off. */
function deepStatus(
  { world, region }: HandlerContext,
  account: AccountId,
): Ec2DeepInspectionStatus {
  const { scans, deepInspection } = regionState(world, account, region);
  const scansEc2 = statusOf(scans, "ec2", world.clock.now()) === "ENABLED";
  return scansEc2 && deepInspection?.active !== false ? "ACTIVATED" : "DEACTIVATED";
}

function shapeOf(context: HandlerContext): {
  packagePaths: string[];
  orgPackagePaths: string[];
  status: Ec2DeepInspectionStatus;
} {
  const { world, caller, region } = context;
  const state = settledState(world, caller.account, region);
  const administrator = state.administrator ?? caller.account;
  return {
    packagePaths: [...(state.deepInspection?.paths ?? [])],
    orgPackagePaths: [...(regionState(world, administrator, region).organizationPaths ?? [])],
    status: deepStatus(context, caller.account),
  };
}

function texts(given: object): Record<string, string> {
  const entries = Object.entries(given) as readonly (readonly [string, unknown])[];
  return Object.fromEntries(
    entries.filter((entry): entry is [string, string] => typeof entry[1] === "string"),
  );
}

function validPaths(paths: readonly string[] | undefined): readonly string[] | undefined {
  if (paths === undefined) return undefined;
  const isValid = (path: string): boolean =>
    /^(?:\/(?:\.[-\w]+|[-\w]+(?:\.[-\w]+)?))+\/?$/.test(path);
  if (paths.length > inspectorFacts.maxPaths || !paths.every(isValid)) {
    throw invalid("Invalid package paths.");
  }
  return [...paths];
}

/** Operations on how accounts scan. */
export const configurationHandlers: Readonly<Record<string, AnyHandler>> = {
  GetConfiguration: getConfiguration,
  UpdateConfiguration: updateConfiguration,
  GetEc2DeepInspectionConfiguration: getDeepInspection,
  UpdateEc2DeepInspectionConfiguration: updateDeepInspection,
  UpdateOrgEc2DeepInspectionConfiguration: updateOrganizationDeepInspection,
  BatchGetMemberEc2DeepInspectionStatus: batchGetDeepInspection,
  BatchUpdateMemberEc2DeepInspectionStatus: batchUpdateDeepInspection,
};
