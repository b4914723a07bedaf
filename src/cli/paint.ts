import colors from "picocolors";

/** Puts colours around a text, or leaves it as it is. */
export type Paint = Pick<
  ReturnType<typeof colors.createColors>,
  "bold" | "dim" | "red" | "green" | "yellow" | "cyan" | "magenta" | "isColorSupported"
>;

/** Makes a painter that colours or does not. */
export function paint(enabled: boolean): Paint {
  return colors.createColors(enabled);
}
