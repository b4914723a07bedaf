/** What the generator may clean up. */
export const generateSettings: { readonly ownedFolders: readonly string[] } = {
  /** Folders in which every file is generated: one that nothing makes any more is removed. */
  ownedFolders: ["docs/cli", "docs/audit/rules", "docs/detect/rules", "docs/services"],
};
