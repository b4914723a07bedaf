import type { RegionName } from "../../core/identifiers.ts";
import type { JsonObject } from "../../core/json.ts";
import type { Ec2Block, Via } from "./schema.ts";
import type { SettingName } from "./state.ts";

/** A write of a setting: its operation, input, and the facet that it makes. */
export interface Write {
  readonly operation: string;
  readonly input: JsonObject;
  readonly facet: JsonObject;
}

/** A setting that a block asks for. */
export interface Wanted {
  readonly setting: SettingName;
  readonly via: Via;
  /** Member of the block that asks for it. */
  readonly member: string;
  /** Tells settings apart that are read together. */
  readonly detail?: string;
  /** What must be set before it. */
  readonly follows?: { readonly setting: SettingName; readonly detail?: string };
  /** What sets it; `undefined`: not in that Region. */
  write(region: RegionName): Write | undefined;
  /** What takes it back; absent where AWS's own default is as good. */
  readonly undo?: Write;
  /** Where a declarative policy says the same, and in which words. */
  readonly policy?: { readonly path: readonly string[]; readonly value: string };
}

/** The settings that a block asks for, in the order in which they are set. */
export function wantedSettings(block: Ec2Block): readonly Wanted[] {
  const viaOf = (setting: { readonly via?: Via | undefined }): Via => setting.via ?? block.via;
  const always = (operation: string, input: JsonObject, facet: JsonObject) => () => ({
    operation,
    input,
    facet,
  });
  const wanted: Wanted[] = [];
  const { ebsEncryption, instanceMetadata, snapshots, images } = block;
  const { serialConsole, vpcInternetAccess, allowedImages } = block;
  if (ebsEncryption !== undefined) {
    const { kmsKeys } = ebsEncryption;
    const shared = { via: "account", member: "ebsEncryption" } as const;
    if (kmsKeys !== undefined) {
      wanted.push({
        ...shared,
        setting: "ebsKey",
        write: (region) => {
          const KmsKeyId = kmsKeys[region];
          return KmsKeyId === undefined
            ? undefined
            : { operation: "ModifyEbsDefaultKmsKeyId", input: { KmsKeyId }, facet: { KmsKeyId } };
        },
      });
    }
    wanted.push({
      ...shared,
      setting: "ebsEncryption",
      follows: { setting: "ebsKey" },
      write: always("EnableEbsEncryptionByDefault", {}, { EbsEncryptionByDefault: true }),
      undo: {
        operation: "DisableEbsEncryptionByDefault",
        input: {},
        facet: { EbsEncryptionByDefault: false },
      },
    });
  }
  if (instanceMetadata !== undefined) {
    const { httpTokens: HttpTokens, hopLimit } = instanceMetadata;
    const hops = hopLimit === undefined ? {} : { HttpPutResponseHopLimit: hopLimit };
    const facet = { HttpTokens, ...hops };
    wanted.push({
      setting: "instanceMetadata",
      member: "instanceMetadata",
      via: viaOf(instanceMetadata),
      write: always("ModifyInstanceMetadataDefaults", facet, facet),
      undo: {
        operation: "ModifyInstanceMetadataDefaults",
        input: {
          HttpTokens: "no-preference",
          ...(hopLimit === undefined ? {} : { HttpPutResponseHopLimit: -1 }),
        },
        facet: {
          HttpTokens: "no-preference",
          ...(hopLimit === undefined ? {} : { HttpPutResponseHopLimit: -1 }),
        },
      },
      policy: { path: ["instance_metadata_defaults", "http_tokens"], value: HttpTokens },
    });
  }
  if (snapshots !== undefined) {
    const { state: State } = snapshots;
    wanted.push({
      setting: "snapshots",
      member: "snapshots",
      via: viaOf(snapshots),
      write: always("EnableSnapshotBlockPublicAccess", { State }, { State }),
      undo: {
        operation: "DisableSnapshotBlockPublicAccess",
        input: {},
        facet: { State: "unblocked" },
      },
      policy: { path: ["snapshot_block_public_access", "state"], value: State },
    });
  }
  if (images !== undefined) {
    const facet = { ImageBlockPublicAccessState: "block-new-sharing" };
    wanted.push({
      setting: "images",
      member: "images",
      via: viaOf(images),
      write: always("EnableImageBlockPublicAccess", facet, facet),
      policy: { path: ["image_block_public_access", "state"], value: "block-new-sharing" },
    });
  }
  if (serialConsole !== undefined) {
    const { enabled } = serialConsole;
    wanted.push({
      setting: "serialConsole",
      member: "serialConsole",
      via: viaOf(serialConsole),
      write: always(
        enabled ? "EnableSerialConsoleAccess" : "DisableSerialConsoleAccess",
        {},
        { SerialConsoleAccessEnabled: enabled },
      ),
      policy: {
        path: ["serial_console_access", "status"],
        value: enabled ? "enabled" : "disabled",
      },
    });
  }
  if (vpcInternetAccess !== undefined) {
    const { mode: InternetGatewayBlockMode } = vpcInternetAccess;
    const facet = { InternetGatewayBlockMode };
    const off = { InternetGatewayBlockMode: "off" };
    wanted.push({
      setting: "vpcInternetAccess",
      member: "vpcInternetAccess",
      via: viaOf(vpcInternetAccess),
      write: always("ModifyVpcBlockPublicAccessOptions", facet, facet),
      undo: { operation: "ModifyVpcBlockPublicAccessOptions", input: off, facet: off },
      policy: {
        path: ["vpc_block_public_access", "internet_gateway_block", "mode"],
        value: InternetGatewayBlockMode,
      },
    });
  }
  if (allowedImages !== undefined) {
    const { state, providers } = allowedImages;
    const shared = { setting: "allowedImages", member: "allowedImages", via: viaOf(allowedImages) };
    if (providers !== undefined && shared.via === "account") {
      const ImageCriteria = [{ ImageProviders: [...providers].sort() }];
      wanted.push({
        ...shared,
        setting: "allowedImages",
        detail: "criteria",
        write: always(
          "ReplaceImageCriteriaInAllowedImagesSettings",
          { ImageCriteria },
          { ImageCriteria },
        ),
      });
    }
    wanted.push({
      ...shared,
      setting: "allowedImages",
      follows: { setting: "allowedImages", detail: "criteria" },
      write: always(
        "EnableAllowedImagesSettings",
        { AllowedImagesSettingsState: state },
        { State: state },
      ),
      undo: {
        operation: "DisableAllowedImagesSettings",
        input: {},
        facet: { State: "disabled" },
      },
      policy: { path: ["allowed_images_settings", "state"], value: state },
    });
  }
  return wanted;
}
