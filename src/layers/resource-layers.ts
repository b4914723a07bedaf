import { layers } from "../core/layer.ts";
import type { Snapshot } from "../core/snapshot.ts";
import { type Matrix, verdictAt } from "../coverage/matrix.ts";
import { tallyOf } from "../coverage/tally.ts";
import type { LayerControl } from "./control.ts";
import type { LayeredService, LayerView } from "./organization-layers.ts";
import { type PlacedControl, pathControls } from "./path-controls.ts";
import type { Resource } from "./resource.ts";

/**
 * The six layers from the bottom up: every control that bears on a resource, by its account, Region
 * and kind.
 *
 * @param matrix of the same snapshot
 * @param own what the resource itself says, when it was asked
 */
export function resourceLayers(
  resource: Resource,
  snapshot: Snapshot,
  matrix: Matrix,
  services: readonly LayeredService[],
  own: readonly LayerControl[] = [],
): readonly LayerView[] {
  const titles = new Map(services.map(({ id, title }) => [id, title]));
  const placed: readonly PlacedControl[] = [
    ...pathControls(resource, snapshot.organization),
    ...resource.kind.controls.map(({ service, layer, does }) => ({
      layer,
      control: serviceControl(resource, snapshot, matrix, service, {
        title: `${titles.get(service) ?? service}: ${does}`,
      }),
    })),
    ...own.map((control) => ({ layer: "resources" as const, control })),
  ];
  return layers.map((layer) => ({
    layer,
    controls: placed.filter((one) => one.layer === layer).map(({ control }) => control),
  }));
}

function serviceControl(
  { account, region }: Resource,
  snapshot: Snapshot,
  matrix: Matrix,
  service: string,
  { title }: { readonly title: string },
): LayerControl {
  const wide = matrix.organization.find((cell) => cell.service === service);
  const column = matrix.columns.find((one) => one.service === service);
  const row = matrix.accounts.findIndex(({ id }) => id === account.id);
  const remedy = `\`services.${service}\``;
  if (wide !== undefined) {
    const { state, reason, evidence } = wide;
    const isMissing = state === "off" || state === "partial";
    return { id: service, title, state, reason, evidence, ...(isMissing ? { remedy } : {}) };
  }
  if (column === undefined || row < 0 || snapshot.services?.[service] === undefined) {
    const reason = "the snapshot does not hold it";
    return { id: service, title, state: "unknown", reason, evidence: [] };
  }
  const isGlobal = column.regions.every((one) => one === undefined);
  if (!isGlobal && region === undefined) {
    const { on, applicable, state } = tallyOf(matrix, column, row);
    const found = on > 0 && state === "off" ? "partial" : state;
    const reason = `on in ${on} of ${applicable} Regions`;
    const isMissing = found === "off" || found === "partial";
    return {
      id: service,
      title,
      state: found,
      reason,
      evidence: [{ what: "Regions", value: { on, applicable } }],
      ...(isMissing ? { remedy } : {}),
    };
  }
  const at = isGlobal ? 0 : column.regions.indexOf(region);
  if (at < 0) {
    const reason = `the snapshot does not hold ${region ?? "its Region"}`;
    return { id: service, title, state: "unknown", reason, evidence: [] };
  }
  const { state, reason, evidence } = verdictAt(matrix, column, row, at);
  const isMissing = state === "off" || state === "partial";
  return { id: service, title, state, reason, evidence, ...(isMissing ? { remedy } : {}) };
}
