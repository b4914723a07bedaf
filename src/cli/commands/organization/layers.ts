import { InputError } from "../../../core/app-error.ts";
import type { Snapshot } from "../../../core/snapshot.ts";
import { coverageMatrix, type Matrix, verdictAt } from "../../../coverage/matrix.ts";
import { canBeAsked, resourceFacts } from "../../../engine/resource-facts/resource-facts.ts";
import type { LayerControl } from "../../../layers/control.ts";
import { type LayerView, organizationLayers } from "../../../layers/organization-layers.ts";
import { type Resource, resourceOf } from "../../../layers/resource.ts";
import { resourceLayers } from "../../../layers/resource-layers.ts";
import { renderLayers, renderMissing } from "../../../report/layers-text.ts";
import { securityServices } from "../../../services/registry.ts";
import type { Run } from "../../command.ts";
import { connect } from "../../connect.ts";
import type { Deps } from "../../deps.ts";
import { readConfigIfAny } from "../../events/config-if-any.ts";
import { loadSnapshots } from "../../snapshots/load-snapshots.ts";
import type { LayersOptions } from "./layers.command.ts";

/** Shows the layers of a snapshot, or what bears on a resource. */
export const run: Run<LayersOptions> = async (deps, options, [arn]) => {
  const { snapshot: file, store, at } = options;
  const files = file === undefined ? [] : [file];
  const [snapshot] = await loadSnapshots(deps, { snapshot: files, store, at, trend: false });
  if (snapshot?.services === undefined) {
    throw new InputError(
      "ORGRAIL5443",
      "the snapshot holds no services",
      [],
      "take one with `orgrail collect --tier full`",
    );
  }
  const services = await Promise.all(Object.values(securityServices).map((load) => load()));
  const matrix = coverageMatrix(snapshot, services, { nowMs: deps.clock.now() });
  const { account, in: region } = options;
  const resource =
    arn === undefined ? undefined : resourceOf(arn, { account, region }, snapshot.organization);
  const views =
    resource === undefined
      ? organizationLayers(snapshot, matrix, services)
      : resourceLayers(
          resource,
          snapshot,
          matrix,
          services,
          options.live ? await asked(deps, options, resource, analyzerOf(matrix, resource)) : [],
        );
  const isOpen = views.some(({ controls }) =>
    controls.some(({ state }) => state === "unknown" || state === "stale"),
  );
  return {
    result: {
      organizationId: snapshot.organization.id,
      takenAt: snapshot.takenAt,
      resource: resource === undefined ? null : shown(resource),
      layers: views,
    },
    exit: isOpen ? "gaps" : "done",
    text: () => text(deps, options, snapshot, resource, views),
  };
};

/** Asks the resource itself, in its account. */
async function asked(
  deps: Deps,
  options: LayersOptions,
  resource: Resource,
  analyzer: string | undefined,
): Promise<readonly LayerControl[]> {
  if (!canBeAsked(resource)) {
    throw new InputError(
      "ORGRAIL5444",
      `orgrail cannot ask a ${resource.kind.title} itself`,
      [],
      "leave --live out: the controls of its account and Region are shown",
    );
  }
  const config = await readConfigIfAny(deps, options);
  const { homeRegion, memberRoles } = config?.desired.organization ?? {};
  const aws = await connect(deps, { homeRegion, memberRole: memberRoles?.read });
  try {
    return await resourceFacts(aws, resource, {
      ...(analyzer === undefined ? {} : { analyzer }),
      ...(deps.signal === undefined ? {} : { signal: deps.signal }),
    });
  } finally {
    aws.close();
  }
}

/** The organization's analyzer that covers the resource, by the evidence of its cell. */
function analyzerOf(
  matrix: Matrix,
  { account, region = matrix.regions[0] }: Resource,
): string | undefined {
  const column = matrix.columns.find(({ service }) => service === "access-analyzer");
  const row = matrix.accounts.findIndex(({ id }) => id === account.id);
  const at = column?.regions.indexOf(region) ?? -1;
  if (column === undefined || row < 0 || at < 0) return undefined;
  const { evidence } = verdictAt(matrix, column, row, at);
  const value = evidence.find(({ what }) => what === "analyzer")?.value;
  return typeof value === "string" ? value : undefined;
}

function text(
  deps: Deps,
  { missing, evidence, live }: LayersOptions,
  { takenAt }: Snapshot,
  resource: Resource | undefined,
  views: readonly LayerView[],
): string {
  const width = Math.min(deps.stdout.columns, 120);
  const head =
    resource === undefined
      ? `The organization, as of ${takenAt}`
      : `${resource.kind.title} ${resource.name} in ${resource.account.name} (${resource.account.id})` +
        `${resource.region === undefined ? "" : `, ${resource.region}`}, as of ${takenAt}${live ? " and now" : ""}`;
  const parts = missing
    ? [renderMissing(views, width) || "Nothing that orgrail knows of is missing.\n"]
    : [renderLayers(views, { width, evidence })];
  return [head, "", ...parts].join("\n").trimEnd();
}

function shown({ arn, kind, account, region, name }: Resource): object {
  return {
    arn,
    kind: kind.title,
    account: account.id,
    accountName: account.name,
    region: region ?? null,
    name,
  };
}
