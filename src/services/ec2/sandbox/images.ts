import type {
  AllowedImagesSettingsEnabledState,
  DisableAllowedImagesSettingsCommandOutput,
  EnableAllowedImagesSettingsCommandInput,
  EnableAllowedImagesSettingsCommandOutput,
  GetAllowedImagesSettingsCommandOutput,
  ReplaceImageCriteriaInAllowedImagesSettingsCommandInput,
  ReplaceImageCriteriaInAllowedImagesSettingsCommandOutput,
} from "@aws-sdk/client-ec2";
import { type AnyHandler, ServiceError } from "../../../sandbox/service.ts";
import { managedBy } from "./sharing.ts";
import { apiWord, declared, invalidValue, ownState, requireFree, type Served } from "./state.ts";

const attribute = "allowed_images_settings";
/** Criteria of an account in a Region, and values in one of them. */
const maxCriteria = 10;

const getSettings: Served<object, GetAllowedImagesSettingsCommandOutput> = (context) => {
  const { allowedImages = "disabled", imageCriteria = [] } = ownState(context);
  return {
    State: apiWord(declared(context, attribute)?.state) ?? allowedImages,
    ImageCriteria: imageCriteria.map((criterion) => ({ ...criterion })),
    ManagedBy: managedBy(context, attribute),
  };
};

const enableSettings: Served<
  EnableAllowedImagesSettingsCommandInput,
  EnableAllowedImagesSettingsCommandOutput
> = (context, { AllowedImagesSettingsState: state }) => {
  requireFree(context, attribute);
  if (state !== "enabled" && state !== "audit-mode") {
    throw invalidValue(state, "AllowedImagesSettingsState");
  }
  ownState(context).allowedImages = state;
  return { AllowedImagesSettingsState: state satisfies AllowedImagesSettingsEnabledState };
};

const disableSettings: Served<object, DisableAllowedImagesSettingsCommandOutput> = (context) => {
  requireFree(context, attribute);
  ownState(context).allowedImages = "disabled";
  return { AllowedImagesSettingsState: "disabled" };
};

const replaceCriteria: Served<
  ReplaceImageCriteriaInAllowedImagesSettingsCommandInput,
  ReplaceImageCriteriaInAllowedImagesSettingsCommandOutput
> = (context, { ImageCriteria = [] }) => {
  requireFree(context, attribute);
  if (ImageCriteria.length > maxCriteria) {
    throw new ServiceError(
      "ImageCriteriaLimitExceeded",
      `No more than ${maxCriteria} image criteria are allowed.`,
    );
  }
  ownState(context).imageCriteria = ImageCriteria.map((criterion) => ({ ...criterion }));
  return { ReturnValue: true };
};

/** Operations on which images may be used. */
export const imageHandlers: Readonly<Record<string, AnyHandler>> = {
  DisableAllowedImagesSettings: disableSettings,
  EnableAllowedImagesSettings: enableSettings,
  GetAllowedImagesSettings: getSettings,
  ReplaceImageCriteriaInAllowedImagesSettings: replaceCriteria,
};
