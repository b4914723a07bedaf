import {
  isManagementPolicyType,
  type ManagementPolicyType,
  type OrganizationPolicyType,
  organizationPolicyTypes,
} from "../../../core/policy-type.ts";
import { iamActions } from "../../../data/iam-actions.gen.ts";
import { rcpServices } from "../../../data/rcp-services.ts";
import { unreadOf } from "../../../plan/unread.ts";
import { effectivePolicy } from "../../../policy/inheritance.ts";
import { knownActions } from "../../../policy/known-actions.ts";
import { managementLevels, organizationLevels } from "../../../policy/organization-levels.ts";
import { possibleActions } from "../../../policy/possible-actions.ts";
import { statementText } from "../../../report/statement-text.ts";
import type { Run } from "../../command.ts";
import type { Deps } from "../../deps.ts";
import { findPlace, placeName } from "../../policy/find-place.ts";
import {
  accountLabel,
  type OrganizationSource,
  readSource,
} from "../../policy/organization-source.ts";
import { renderEffective, renderManagement } from "../../policy/render-effective.ts";
import { unreadGaps } from "../../policy/unread-gaps.ts";
import type { EffectiveOptions } from "./effective.command.ts";

/** Shows which policies bind a place. */
export const run: Run<EffectiveOptions> = async (deps, options, [wanted = ""]) => {
  const source = await readSource(deps, options);
  const { organization } = source.snapshot;
  const place = findPlace(organization, wanted);
  const types =
    options.type === undefined
      ? organizationPolicyTypes.filter((type) =>
          organization.root.policyTypes.some(
            (one) => one.type === type && one.status === "ENABLED",
          ),
        )
      : [options.type as OrganizationPolicyType];
  const parts = types.map((type) =>
    isManagementPolicyType(type)
      ? management(deps, source, place.id, type)
      : authorization(deps, source, place.id, type as AuthorizationType),
  );
  const unread = [...new Set(parts.flatMap((part) => part.unread))];
  const isManagement = place.id === organization.managementAccountId;
  return {
    result: {
      place: { kind: place.kind, name: place.name, id: place.id },
      source: { kind: source.kind, name: source.shown },
      bound: !isManagement,
      types: parts.map(({ result }) => result),
    },
    gaps: unreadGaps(source, unread),
    diagnostics: source.diagnostics,
    exit: unread.length > 0 ? "gaps" : "done",
    text: () =>
      [
        ...(isManagement
          ? [
              deps.paint.yellow(
                "This is the management account: service and resource control policies do not bind it.",
              ),
            ]
          : []),
        ...(parts.length === 0 ? ["No policy type is enabled."] : parts.map(({ text }) => text())),
      ].join("\n\n"),
  };
};

type AuthorizationType = "SERVICE_CONTROL_POLICY" | "RESOURCE_CONTROL_POLICY";

interface Part {
  readonly result: object;
  readonly unread: readonly string[];
  readonly text: () => string;
}

function authorization(
  deps: Deps,
  source: OrganizationSource,
  id: string,
  type: AuthorizationType,
): Part {
  const { organization } = source.snapshot;
  const { isEnabled, levels, ...found } = organizationLevels(organization, id, type);
  const unread = withType(source, type, isEnabled, found.unread);
  const all = knownActions(iamActions);
  // A resource control policy is asked only for the services that support the type.
  const supported = new Set(rcpServices.prefixes);
  const known =
    type === "SERVICE_CONTROL_POLICY"
      ? all
      : all.filter((action) => supported.has(action.slice(0, action.indexOf(":"))));
  const possible = unread.length > 0 ? undefined : possibleActions(levels, known);
  const name = (level: string): string =>
    accountLabel(source, level) ?? placeName(organization, level);
  return {
    unread,
    result: {
      type,
      enabled: isEnabled,
      levels: levels.map((level) => ({
        id: level.id,
        name: name(level.id),
        policies: level.policies.map((policy) => ({
          name: policy.name,
          statements: policy.statements.map((statement) => ({
            ...(statement.sid === undefined ? {} : { sid: statement.sid.value }),
            effect: statement.effect,
            says: statementText(statement),
          })),
        })),
      })),
      actions: possible === undefined ? null : { ...possible, asOf: iamActions.asOf },
      unread,
    },
    text: () =>
      renderEffective(type, {
        isEnabled,
        levels: levels.map((level) => ({ name: name(level.id), policies: level.policies })),
        possible,
        known,
        asOf: iamActions.asOf,
        paint: deps.paint,
        width: deps.stdout.columns,
      }),
  };
}

function management(
  deps: Deps,
  source: OrganizationSource,
  id: string,
  type: ManagementPolicyType,
): Part {
  const { organization } = source.snapshot;
  const { isEnabled, levels, ...found } = managementLevels(organization, id, type);
  const unread = withType(source, type, isEnabled, found.unread);
  const { content, errors, ignored } = effectivePolicy(type, levels);
  const document: unknown = content === undefined ? null : JSON.parse(content);
  const names = new Map((organization.policies ?? []).map((policy) => [policy.id, policy.name]));
  return {
    unread,
    result: {
      type,
      enabled: isEnabled,
      levels: levels.map((level) => ({
        id: level.id,
        name: accountLabel(source, level.id) ?? placeName(organization, level.id),
        policies: level.policies.map((policy) => names.get(policy.id) ?? policy.id),
      })),
      effective: isEnabled ? document : null,
      errors,
      ignored,
      unread,
    },
    text: () =>
      renderManagement(type, {
        isEnabled,
        document,
        errors,
        ignored,
        policyName: (policy) => names.get(policy) ?? policy,
        paint: deps.paint,
      }),
  };
}

/** What was not read, and the type itself where its policies were not listed. */
function withType(
  source: OrganizationSource,
  type: string,
  isEnabled: boolean,
  unread: readonly string[],
): readonly string[] {
  const isUnread = isEnabled && unreadOf(source.snapshot).policies(type);
  return isUnread ? [...unread, `policies/${type}`] : unread;
}
