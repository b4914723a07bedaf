import type { CellState } from "../core/coverage.ts";
import { type Layer, layers } from "../core/layer.ts";
import type { Snapshot } from "../core/snapshot.ts";
import type { Matrix } from "../coverage/matrix.ts";
import { type StateCounts, summarize } from "../coverage/summary.ts";
import { securityLayers } from "../data/security-layers.ts";
import type { LayerControl } from "./control.ts";
import { policyControl } from "./policy-control.ts";

/** A service as layers need to know it. */
export interface LayeredService {
  readonly id: string;
  readonly title: string;
  readonly layers: readonly Layer[];
}

/** What is in use at a layer, and what is missing there. */
export interface LayerView {
  readonly layer: Layer;
  /** In the order: services, policies, what else has access to the organization. */
  readonly controls: readonly LayerControl[];
}

/**
 * The six layers from the top down: which controls are in use across the organization, and which are
 * missing. What was not read is unknown.
 *
 * @param matrix of the same snapshot
 */
export function organizationLayers(
  snapshot: Snapshot,
  matrix: Matrix,
  services: readonly LayeredService[],
): readonly LayerView[] {
  const { organization } = snapshot;
  const counts = new Map(summarize(matrix, "service").map((group) => [group.name, group.counts]));
  const byService = services.map((service) => ({
    on: service.layers,
    control: serviceControl(snapshot, matrix, service, counts.get(service.id)),
  }));
  const byPolicy = securityLayers.policies.map((policy) => ({
    on: policy.layers,
    control: policyControl(policy, organization),
  }));
  const byAccess = securityLayers.access.map((one) => ({
    on: one.layers,
    control: accessControl(snapshot, one),
  }));
  const all = [...byService, ...byPolicy, ...byAccess];
  return layers.map((layer) => ({
    layer,
    controls: all.filter(({ on }) => on.includes(layer)).map(({ control }) => control),
  }));
}

function serviceControl(
  snapshot: Snapshot,
  matrix: Matrix,
  { id, title }: LayeredService,
  counts: StateCounts | undefined,
): LayerControl {
  const remedy = `\`services.${id}\``;
  const wide = matrix.organization.find(({ service }) => service === id);
  if (wide !== undefined) {
    const { state, reason, evidence } = wide;
    return { id, title, state, reason, evidence, ...(isMissing(state) ? { remedy } : {}) };
  }
  if (counts === undefined || snapshot.services?.[id] === undefined) {
    const reason = "the snapshot does not hold it";
    return { id, title, state: "unknown", reason, evidence: [] };
  }
  const known = counts.on + counts.partial + counts.off;
  const unknown = counts.unknown + counts.stale;
  const column = matrix.columns.find(({ service }) => service === id);
  const isRegional = column?.regions.some((region) => region !== undefined) === true;
  const of = isRegional ? "accounts and Regions" : "accounts";
  const covered = { on: counts.on, known, unknown, of } as const;
  const state = stateOf(counts, known, unknown);
  const reason =
    known === 0
      ? unknown === 0
        ? "it applies nowhere"
        : (unknownReason(matrix, id) ?? "nothing of it was read")
      : `on in ${counts.on} of ${known} ${of}${unknown === 0 ? "" : `; ${unknown} unknown`}`;
  const evidence = [{ what: "cells", value: { ...counts } }];
  return { id, title, state, reason, evidence, covered, ...(isMissing(state) ? { remedy } : {}) };
}

/** Why the first unknown cell of a service is unknown; where nothing is known, most are alike. */
function unknownReason(matrix: Matrix, id: string): string | undefined {
  const column = matrix.columns.find(({ service }) => service === id);
  if (column === undefined) return undefined;
  for (const index of column.cells) {
    const verdict = matrix.verdicts[index];
    if (verdict?.state === "unknown") return verdict.reason;
  }
  return undefined;
}

function stateOf(counts: StateCounts, known: number, unknown: number): CellState {
  if (known === 0) return unknown === 0 ? "not-applicable" : "unknown";
  if (counts.on === known) return unknown === 0 ? "on" : "unknown";
  if (counts.on === 0 && counts.partial === 0) return unknown === 0 ? "off" : "unknown";
  return "partial";
}

/** What has trusted access is in use for the organization; more is not known of it. */
function accessControl(
  { organization: { trustedAccess, delegatedAdministrators, accounts } }: Snapshot,
  { id, title, principals }: (typeof securityLayers.access)[number],
): LayerControl {
  if (trustedAccess === undefined) {
    const reason = "trusted access was not read";
    return { id, title, state: "unknown", reason, evidence: [] };
  }
  const found = trustedAccess.find((one) => principals.includes(one.servicePrincipal));
  const evidence = [
    {
      what: "trusted access",
      value: found?.servicePrincipal ?? null,
      source: "organizations:ListAWSServiceAccessForOrganization",
    },
  ];
  if (found === undefined) {
    return { id, title, state: "off", reason: "it has no trusted access", evidence };
  }
  const admin = delegatedAdministrators?.find(({ services }) =>
    services?.some((principal) => principals.includes(principal)),
  );
  const name = accounts.find((account) => account.id === admin?.account)?.name;
  const by = name === undefined ? "" : `, administered by ${name}`;
  const reason = `it has trusted access${by}; what it covers is not read`;
  return { id, title, state: "partial", reason, evidence };
}

function isMissing(state: CellState): boolean {
  return state === "off" || state === "partial";
}
