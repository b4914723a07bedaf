import type {
  CreateLoginProfileCommandInput,
  CreateLoginProfileCommandOutput,
  DeactivateMFADeviceCommandInput,
  DeactivateMFADeviceCommandOutput,
  DeleteLoginProfileCommandInput,
  DeleteLoginProfileCommandOutput,
  DeleteSigningCertificateCommandInput,
  DeleteSigningCertificateCommandOutput,
  EnableMFADeviceCommandInput,
  EnableMFADeviceCommandOutput,
  GetLoginProfileCommandInput,
  GetLoginProfileCommandOutput,
  ListMFADevicesCommandInput,
  ListMFADevicesCommandOutput,
  ListSigningCertificatesCommandInput,
  ListSigningCertificatesCommandOutput,
  UploadSigningCertificateCommandInput,
  UploadSigningCertificateCommandOutput,
} from "@aws-sdk/client-iam";
import { newUniqueId } from "../../../sandbox/credentials.ts";
import type { AnyHandler } from "../../../sandbox/service.ts";
import { alreadyExists, noSuchEntity } from "./errors.ts";
import { loginName, loginOf } from "./login-state.ts";
import { page } from "./page.ts";
import type { Served } from "./served.ts";

const getLoginProfile: Served<GetLoginProfileCommandInput, GetLoginProfileCommandOutput> = (
  context,
  input,
) => {
  const name = loginName(context, input.UserName);
  const { passwordSetAt } = loginOf(context.world, context.caller.account, name);
  if (passwordSetAt === undefined) throw noProfile(name);
  return { LoginProfile: { UserName: name, CreateDate: new Date(passwordSetAt) } };
};

const createLoginProfile: Served<
  CreateLoginProfileCommandInput,
  CreateLoginProfileCommandOutput
> = (context, input) => {
  const name = loginName(context, input.UserName);
  const login = loginOf(context.world, context.caller.account, name);
  if (login.passwordSetAt !== undefined) throw alreadyExists("Login Profile for User", name);
  login.passwordSetAt = context.world.clock.now();
  return { LoginProfile: { UserName: name, CreateDate: new Date(login.passwordSetAt) } };
};

const deleteLoginProfile: Served<
  DeleteLoginProfileCommandInput,
  DeleteLoginProfileCommandOutput
> = (context, input) => {
  const name = loginName(context, input.UserName);
  const login = loginOf(context.world, context.caller.account, name);
  if (login.passwordSetAt === undefined) throw noProfile(name);
  delete login.passwordSetAt;
  return {};
};

const listMfaDevices: Served<ListMFADevicesCommandInput, ListMFADevicesCommandOutput> = (
  context,
  input,
) => {
  const name = loginName(context, input.UserName);
  const { mfaDevices } = loginOf(context.world, context.caller.account, name);
  const { items, ...rest } = page([...mfaDevices], input);
  return {
    MFADevices: items.map(([serial, enabledAt]) => ({
      UserName: name,
      SerialNumber: serial,
      EnableDate: new Date(enabledAt),
    })),
    ...rest,
  };
};

const enableMfaDevice: Served<EnableMFADeviceCommandInput, EnableMFADeviceCommandOutput> = (
  context,
  input,
) => {
  const name = loginName(context, input.UserName);
  const { mfaDevices } = loginOf(context.world, context.caller.account, name);
  const serial = input.SerialNumber ?? "";
  if (mfaDevices.has(serial)) throw alreadyExists("MFA device", serial);
  mfaDevices.set(serial, context.world.clock.now());
  return {};
};

const deactivateMfaDevice: Served<
  DeactivateMFADeviceCommandInput,
  DeactivateMFADeviceCommandOutput
> = (context, input) => {
  const name = loginName(context, input.UserName);
  const { mfaDevices } = loginOf(context.world, context.caller.account, name);
  if (mfaDevices.delete(input.SerialNumber ?? "")) return {};
  throw noSuchEntity(`MFA Device with serial number ${input.SerialNumber} does not exist.`);
};

const listSigningCertificates: Served<
  ListSigningCertificatesCommandInput,
  ListSigningCertificatesCommandOutput
> = (context, input) => {
  const name = loginName(context, input.UserName);
  const { certificates } = loginOf(context.world, context.caller.account, name);
  const { items, ...rest } = page([...certificates], input);
  return {
    Certificates: items.map(([id, { body, uploadedAt }]) => ({
      UserName: name,
      CertificateId: id,
      CertificateBody: body,
      Status: "Active" as const,
      UploadDate: new Date(uploadedAt),
    })),
    ...rest,
  };
};

const uploadSigningCertificate: Served<
  UploadSigningCertificateCommandInput,
  UploadSigningCertificateCommandOutput
> = (context, input) => {
  const { world, caller } = context;
  const name = loginName(context, input.UserName);
  const { certificates } = loginOf(world, caller.account, name);
  const id = newUniqueId(world, "", 24);
  const body = input.CertificateBody ?? "";
  certificates.set(id, { body, uploadedAt: world.clock.now() });
  return {
    Certificate: {
      UserName: name,
      CertificateId: id,
      CertificateBody: body,
      Status: "Active",
      UploadDate: new Date(world.clock.now()),
    },
  };
};

const deleteSigningCertificate: Served<
  DeleteSigningCertificateCommandInput,
  DeleteSigningCertificateCommandOutput
> = (context, input) => {
  const name = loginName(context, input.UserName);
  const { certificates } = loginOf(context.world, context.caller.account, name);
  if (certificates.delete(input.CertificateId ?? "")) return {};
  throw noSuchEntity(`The Certificate with id ${input.CertificateId} cannot be found.`);
};

function noProfile(name: string): Error {
  return noSuchEntity(
    name === ""
      ? "Login Profile for the root user cannot be found."
      : `Login Profile for User ${name} cannot be found.`,
  );
}

/** Operations on passwords, MFA devices and signing certificates. */
export const loginHandlers: Readonly<Record<string, AnyHandler>> = {
  GetLoginProfile: getLoginProfile,
  CreateLoginProfile: createLoginProfile,
  DeleteLoginProfile: deleteLoginProfile,
  ListMFADevices: listMfaDevices,
  EnableMFADevice: enableMfaDevice,
  DeactivateMFADevice: deactivateMfaDevice,
  ListSigningCertificates: listSigningCertificates,
  UploadSigningCertificate: uploadSigningCertificate,
  DeleteSigningCertificate: deleteSigningCertificate,
};
