/** `endpointUrl` as a flag: `--endpoint-url`. */
export function flagName(option: string): string {
  return `--${option.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
}

/** `endpointUrl` as an environment variable: `ORGRAIL_ENDPOINT_URL`. */
export function variableName(option: string): string {
  return `ORGRAIL_${option.replaceAll(/[A-Z]/g, (letter) => `_${letter}`).toUpperCase()}`;
}
