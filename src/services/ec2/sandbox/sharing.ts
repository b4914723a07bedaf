import type {
  DisableImageBlockPublicAccessCommandOutput,
  DisableSerialConsoleAccessCommandOutput,
  DisableSnapshotBlockPublicAccessCommandOutput,
  EnableImageBlockPublicAccessCommandInput,
  EnableImageBlockPublicAccessCommandOutput,
  EnableSerialConsoleAccessCommandOutput,
  EnableSnapshotBlockPublicAccessCommandInput,
  EnableSnapshotBlockPublicAccessCommandOutput,
  GetImageBlockPublicAccessStateCommandOutput,
  GetSerialConsoleAccessStatusCommandOutput,
  GetSnapshotBlockPublicAccessStateCommandOutput,
  ManagedBy,
  SnapshotBlockPublicAccessState,
} from "@aws-sdk/client-ec2";
import type { AnyHandler, HandlerContext } from "../../../sandbox/service.ts";
import { apiWord, declared, invalidValue, ownState, requireFree, type Served } from "./state.ts";

/** Who holds a setting. */
export function managedBy(context: HandlerContext, attribute: string): ManagedBy {
  return declared(context, attribute) === undefined ? "account" : "declarative-policy";
}

const snapshots = "snapshot_block_public_access";
const images = "image_block_public_access";
const serial = "serial_console_access";

const getSnapshots: Served<object, GetSnapshotBlockPublicAccessStateCommandOutput> = (context) => ({
  State: (apiWord(declared(context, snapshots)?.state) ??
    ownState(context).snapshots ??
    "unblocked") as SnapshotBlockPublicAccessState,
  ManagedBy: managedBy(context, snapshots),
});

const enableSnapshots: Served<
  EnableSnapshotBlockPublicAccessCommandInput,
  EnableSnapshotBlockPublicAccessCommandOutput
> = (context, { State }) => {
  requireFree(context, snapshots);
  if (State !== "block-all-sharing" && State !== "block-new-sharing") {
    throw invalidValue(State, "State");
  }
  ownState(context).snapshots = State;
  return { State };
};

const disableSnapshots: Served<object, DisableSnapshotBlockPublicAccessCommandOutput> = (
  context,
) => {
  requireFree(context, snapshots);
  ownState(context).snapshots = "unblocked";
  return { State: "unblocked" };
};

const getImages: Served<object, GetImageBlockPublicAccessStateCommandOutput> = (context) => ({
  ImageBlockPublicAccessState:
    apiWord(declared(context, images)?.state) ?? ownState(context).images ?? "block-new-sharing",
  ManagedBy: managedBy(context, images),
});

const enableImages: Served<
  EnableImageBlockPublicAccessCommandInput,
  EnableImageBlockPublicAccessCommandOutput
> = (context, { ImageBlockPublicAccessState: state }) => {
  requireFree(context, images);
  if (state !== "block-new-sharing") throw invalidValue(state, "ImageBlockPublicAccessState");
  ownState(context).images = state;
  return { ImageBlockPublicAccessState: state };
};

const disableImages: Served<object, DisableImageBlockPublicAccessCommandOutput> = (context) => {
  requireFree(context, images);
  ownState(context).images = "unblocked";
  return { ImageBlockPublicAccessState: "unblocked" };
};

const getSerial: Served<object, GetSerialConsoleAccessStatusCommandOutput> = (context) => {
  const word = declared(context, serial)?.status;
  const { serialConsole = false } = ownState(context);
  return {
    SerialConsoleAccessEnabled: word === undefined ? serialConsole : word === "enabled",
    ManagedBy: managedBy(context, serial),
  };
};

const enableSerial: Served<object, EnableSerialConsoleAccessCommandOutput> = (context) => {
  requireFree(context, serial);
  ownState(context).serialConsole = true;
  return { SerialConsoleAccessEnabled: true };
};

const disableSerial: Served<object, DisableSerialConsoleAccessCommandOutput> = (context) => {
  requireFree(context, serial);
  ownState(context).serialConsole = false;
  return { SerialConsoleAccessEnabled: false };
};

/** Operations on what may be shared, and on the serial console. */
export const sharingHandlers: Readonly<Record<string, AnyHandler>> = {
  DisableImageBlockPublicAccess: disableImages,
  DisableSerialConsoleAccess: disableSerial,
  DisableSnapshotBlockPublicAccess: disableSnapshots,
  EnableImageBlockPublicAccess: enableImages,
  EnableSerialConsoleAccess: enableSerial,
  EnableSnapshotBlockPublicAccess: enableSnapshots,
  GetImageBlockPublicAccessState: getImages,
  GetSerialConsoleAccessStatus: getSerial,
  GetSnapshotBlockPublicAccessState: getSnapshots,
};
